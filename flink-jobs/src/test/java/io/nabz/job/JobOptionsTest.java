package io.nabz.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.customer.ArbiterPolicy;
import io.nabz.model.FlagCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobOptionsTest {
  @Test
  void readsWhatItIsTold() {
    JobOptions options =
        JobOptions.from(Map.of("bootstrap-servers", "kafka:9092", "cart-abandoned-after", "45min"));

    assertThat(options.policy().cartAbandonedAfter()).isEqualTo(Duration.ofMinutes(45));
    assertThat(options.policy().repeatCallerCalls()).isEqualTo(3);
  }

  @Test
  void saysWhatIsMissingUnknownOrWrong() {
    assertThatThrownBy(() -> JobOptions.from(Map.of())).hasMessageContaining("--bootstrap-servers");
    assertThatThrownBy(() -> JobOptions.from(Map.of("cart-abandond-after", "1h")))
        .hasMessageContaining("unknown option --cart-abandond-after");
    assertThatThrownBy(
            () -> JobOptions.from(Map.of("bootstrap-servers", "k:1", "clock-slack", "soon")))
        .hasMessageContaining("clock-slack");
  }

  @Test
  void whatMarketingMustPassIsReadOrRefusedWithWhatToGive() {
    ArbiterPolicy policy =
        JobOptions.from(
                Map.of(
                    "bootstrap-servers", "k:1",
                    "marketing-consent", "granted",
                    "marketing-quiet-hours", "21:00-09:00",
                    "marketing-zone", "Europe/Berlin",
                    "marketing-complaints", "DETRACTOR"))
            .arbiter();
    assertThat(policy.consentNeeded()).isTrue();
    assertThat(policy.quietHours().from()).isEqualTo(LocalTime.of(21, 0));
    assertThat(policy.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(policy.complaints()).containsExactly(FlagCode.DETRACTOR);

    Map.of(
            "marketing-consent", "perhaps",
            "marketing-quiet-hours", "night",
            "marketing-zone", "Mars/North",
            "marketing-complaints", "SAD",
            "marketing-cap", "0")
        .forEach(
            (name, value) ->
                assertThatThrownBy(
                        () -> JobOptions.from(Map.of("bootstrap-servers", "k:1", name, value)))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void credentialsAreReadFromAFileAndNeverPrinted(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("client.properties"), "ssl.key.password=hunter2\n");

    JobOptions options =
        JobOptions.from(Map.of("bootstrap-servers", "k:1", "kafka-properties", file.toString()));

    assertThat(options.kafkaProperties()).containsEntry("ssl.key.password", "hunter2");
    assertThat(options.toString()).contains("ssl.key.password").doesNotContain("hunter2");
  }

  @Test
  void everyOptionIsInTheDocumentation() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("nabz.root"), "flink-jobs", "OPTIONS.md"));

    for (ConfigOption<?> option : JobOptions.ALL) {
      String description = new HtmlFormatter().format(option.description());
      assertThat(description).as(option.key()).endsWith(".");
      assertThat(page).contains("| `--" + option.key() + "` |").contains(description);
    }
  }
}
