package io.nabz.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {
  @TempDir private Path dir;
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new ReplayCommand())
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  @Test
  void an_unknown_format_is_wrong_usage_and_lists_the_known_ones() {
    assertThat(run("nothing", "file")).isEqualTo(2);
    assertThat(errors.toString()).contains("known are anonbank, cloudevents, otto, taobao");
  }

  @Test
  void wrong_options_are_wrong_usage() {
    assertThat(run("taobao", "file", "--speed", "0")).isEqualTo(2);
    assertThat(run("taobao", "file", "--limit", "0")).isEqualTo(2);
    assertThat(run("taobao", "file", "--default-region", "Persia")).isEqualTo(2);
    assertThat(run("taobao")).isEqualTo(2);
  }

  @Test
  void a_missing_file_and_a_file_without_events_fail() throws Exception {
    assertThat(run("taobao", dir.resolve("none").toString(), "--dry-run")).isEqualTo(1);
    Path empty = Files.writeString(dir.resolve("bad.csv"), "x,y\n");
    assertThat(run("taobao", empty.toString(), "--dry-run")).isEqualTo(1);
  }

  @Test
  void without_a_running_service_it_fails() throws Exception {
    Path file = Files.writeString(dir.resolve("good.csv"), "7,101,5,pv,1500000000\n");
    assertThat(run("taobao", file.toString(), "--data-dir", dir.toString())).isEqualTo(1);
  }
}
