package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NabzTest {
  private static final int USAGE = 2;
  private static final int FAILURE = 1;

  private record Outcome(int status, String out, String err) {}

  @TempDir Path dir;

  @Test
  void aTokenIsTheOnlyThingOnStandardOutput() throws Exception {
    Outcome outcome =
        run("token", "--role", "agent", "--role=ingest", "--sub", "a-12", "--data-dir", "" + dir);
    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).isEmpty();
    SignedJWT token = SignedJWT.parse(outcome.out().strip());
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("a-12");
    assertThat(token.getJWTClaimsSet().getStringListClaim("roles"))
        .containsExactlyInAnyOrder("agent", "ingest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "up --nonsense",
        "up --port x",
        "up --port 70000",
        "up --port 9000 --kafka-port 9000",
        "up --demo-rate 0",
        "token",
        "token --role king",
        "token --role agent --ttl soon"
      })
  void wrongUsageIsStatusTwoWithTheReasonOnStandardError(String line) {
    Outcome outcome = run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(outcome.status()).isEqualTo(USAGE);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).containsAnyOf("Usage:", "Unmatched argument");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : Nabz.commandLine().getSubcommands().keySet()) {
      Outcome outcome = run(command, "--help");
      assertThat(outcome.status()).as(command).isZero();
      assertThat(outcome.out()).as(command).contains("Usage: nabz " + command);
    }
  }

  @Test
  void aModelIsTrainedOnTextsOfOnesOwnWithAReport() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      lines.append("pos\tthe zorbly thing number ").append(i).append('\n');
      lines.append("neg\tthe quvvex thing number ").append(i).append('\n');
    }
    Path texts = Files.writeString(dir.resolve("mine.tsv"), lines);
    Path model = dir.resolve("model.bin");

    Outcome outcome = run("train-text", "--name=mine", "--out=" + model, "--lines=" + texts);

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("60 texts of your own").contains("version mine");
    assertThat(model).isNotEmptyFile();
    assertThat(run("train-text", "--name=mine", "--out=" + model, "--lines=" + dir + "/none.tsv"))
        .isEqualTo(failure("there is no file " + dir + "/none.tsv"));
  }

  @Test
  void aPortInUseIsOneSentenceThatNamesTheOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      Outcome outcome =
          run("up", "--port=0", "--kafka-port=0", "--flink-port=" + port, "--data-dir=" + dir);
      assertThat(outcome)
          .isEqualTo(
              failure(
                  "port %d is in use; free it, or choose another with --flink-port (0 takes any"
                          .formatted(port)
                      + " free one)"));
    }
  }

  @Test
  void aFileInPlaceOfTheDataFolderIsOneSentence() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "x");
    Outcome outcome =
        run("up", "--port=0", "--kafka-port=0", "--flink-port=0", "--data-dir=" + file);
    assertThat(outcome.status()).isEqualTo(FAILURE);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err())
        .startsWith("nabz: cannot write in the data folder " + file)
        .contains("give another with --data-dir");
  }

  @Test
  void aFolderInUseNamesTheProcessThatHasIt() throws Exception {
    try (DataDir held = DataDir.open(dir)) {
      assertThat(held.root()).isEqualTo(dir);
      Outcome outcome =
          run("up", "--port=0", "--kafka-port=0", "--flink-port=0", "--data-dir=" + dir);
      assertThat(outcome)
          .isEqualTo(
              failure(
                  "Nabz already runs on %s (pid %d); stop it, or give another folder with --data-dir"
                      .formatted(dir, ProcessHandle.current().pid())));
    }
    DataDir.open(dir).close();
  }

  @Test
  void aSignInLinkNeedsARunningService() {
    assertThat(run("signin", "--data-dir", "" + dir))
        .isEqualTo(
            failure(
                "no service runs on %s; start it with ./nabz up, or name its folder with --data-dir"
                    .formatted(dir)));
  }

  @Test
  void theFileOfADeadServiceCountsAsNone() throws Exception {
    long dead = new ProcessBuilder("true").start().onExit().get().pid();
    new ServiceFile(dead, 1, 2, "127.0.0.1:3").write(dir);
    assertThat(run("signin", "--data-dir", "" + dir).err()).contains("no service runs on");

    ServiceFile live = new ServiceFile(ProcessHandle.current().pid(), 1, 2, "127.0.0.1:3");
    live.write(dir);
    assertThat(ServiceFile.of(dir)).isEqualTo(live);
  }

  private static Outcome failure(String sentence) {
    return new Outcome(FAILURE, "", "nabz: " + sentence + System.lineSeparator());
  }

  private static Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    try (PrintStream newOut = new PrintStream(out, true, UTF_8);
        PrintStream newErr = new PrintStream(err, true, UTF_8)) {
      System.setOut(newOut);
      System.setErr(newErr);
      int status = Nabz.run(args);
      return new Outcome(status, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }
}
