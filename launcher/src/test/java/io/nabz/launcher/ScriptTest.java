package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./nabz} says before it has found a Java that could say anything. */
class ScriptTest {
  private record Said(int status, String errors) {}

  @TempDir Path javaHome;

  @ParameterizedTest
  @CsvSource({"11.0.20, 11", "1.8.0_402, 8"})
  void aJavaThatIsTooOldIsNamedWithItsRemedy(String version, String named) throws Exception {
    Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    Said said = up();

    assertThat(said.status).isEqualTo(1);
    assertThat(said.errors)
        .isEqualTo(
            "nabz: Java %s is too old; install a JDK 17 or newer, or set JAVA_HOME to one.%n"
                .formatted(named));
  }

  @Test
  void aJavaHomeWithoutJavaIsSaidToBeWrong() throws Exception {
    Said said = up();

    assertThat(said.status).isEqualTo(1);
    assertThat(said.errors).contains("JAVA_HOME is " + javaHome).contains("or unset it");
  }

  private Said up() throws IOException, InterruptedException {
    Path script = Path.of(System.getProperty("nabz.root"), "nabz");
    ProcessBuilder builder = new ProcessBuilder(script.toString(), "up");
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), errors);
  }
}
