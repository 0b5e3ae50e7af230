package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SourceCommandTest {
  private static final String ORDER =
      "{\"id\":7,\"updated_at\":\"2026-11-22T10:00:00Z\",\"total_price\":\"12.50\"}";

  @TempDir Path dir;

  @Test
  void aPayloadIsShownAsTheEventThatItWouldBecome() throws IOException {
    Path payload = Files.writeString(dir.resolve("order.json"), ORDER);
    String out =
        run(
            "--kind=shopify",
            "--header=X-Shopify-Topic=orders/create",
            "--header=X-Shopify-Webhook-Id=w-1",
            payload.toString());
    assertThat(Json.tree(out.getBytes(UTF_8)).get("type").asText()).isEqualTo("order.placed");
    assertThat(run("--kind=shopify", payload.toString())).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidInASentence() throws IOException {
    Path payload = Files.writeString(dir.resolve("order.json"), ORDER);
    Path mapping = Files.writeString(dir.resolve("own.yaml"), "rows: []\n");
    assertThatThrownBy(() -> run("--kind=magento", payload.toString()))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("woocommerce");
    assertThatThrownBy(() -> run("--mapping=" + mapping, payload.toString()))
        .isInstanceOf(LaunchException.class);
    String topic = "--header=X-Shopify-Topic=orders/create";
    assertThatThrownBy(() -> run("--kind=shopify", topic, payload.toString()))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("id");
  }

  private static String run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream old = System.out;
    try (PrintStream fresh = new PrintStream(out, true, UTF_8)) {
      System.setOut(fresh);
      SourceCommand command = new SourceCommand();
      new CommandLine(command).parseArgs(args);
      assertThat(command.call()).isZero();
      return out.toString(UTF_8);
    } finally {
      System.setOut(old);
    }
  }
}
