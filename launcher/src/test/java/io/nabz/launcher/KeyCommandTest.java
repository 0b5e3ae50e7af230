package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.auth.AuthException;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Scope;
import io.nabz.api.auth.SourceKeys;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeyCommandTest {
  private static final int USAGE = 2;

  private record Outcome(int status, String out, String err) {}

  @TempDir Path dir;

  @Test
  void aKeyIsTheOnlyThingOnStandardOutputAndOpensWhatWasAskedFor() throws AuthException {
    Outcome made = run("create", "--source", "web", "--scope", "segment", "--tenant", "shop");
    assertThat(made.status()).as(made.err()).isZero();
    Principal principal = keys().verify(made.out().strip());
    assertThat(principal.tenant()).isEqualTo("shop");
    assertThat(principal.scopes()).containsExactly(Scope.SEGMENT);
    assertThat(principal.eventsPerSecond()).isNull();
  }

  @Test
  void keysAreListedWithoutThemselvesRotatedAndRevoked() {
    String key = run("create", "--source=pbx", "--scope=events", "--rate=5").out().strip();
    String id = key.split("_")[1];
    Outcome list = run("list");
    assertThat(list.out()).contains(id).contains("pbx").doesNotContain(key.split("_", 3)[2]);
    String fresh = run("rotate", id, "--grace", "1h").out().strip();
    assertThat(fresh).isNotEqualTo(key).startsWith("nbz_");
    assertThat(run("revoke", fresh.split("_")[1]).status()).isZero();
    assertThat(run("list").out().lines()).hasSize(2);
  }

  @Test
  void wrongUsageIsStatusTwoWithTheReason() {
    for (String line :
        new String[] {
          "",
          "create",
          "create --source web",
          "create --source web --scope king",
          "create --source a/b --scope events",
          "create --source web --scope events --rate 0",
          "create --source web --scope events --ttl soon",
          "rotate"
        }) {
      Outcome outcome = run(line.isEmpty() ? new String[0] : line.split(" "));
      assertThat(outcome.status()).as(line).isEqualTo(USAGE);
      assertThat(outcome.out()).as(line).isEmpty();
      assertThat(outcome.err()).as(line).isNotEmpty();
    }
  }

  private SourceKeys keys() {
    return new SourceKeys(dir.resolve("auth").resolve("keys.json"), Clock.systemUTC());
  }

  private Outcome run(String... args) {
    String[] all = args;
    if (args.length > 0) {
      all = Arrays.copyOf(args, args.length + 1);
      all[args.length] = "--data-dir=" + dir;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    try (PrintStream newOut = new PrintStream(out, true, UTF_8);
        PrintStream newErr = new PrintStream(err, true, UTF_8)) {
      System.setOut(newOut);
      System.setErr(newErr);
      int status = new CommandLine(new KeyCommand()).execute(all);
      return new Outcome(status, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }
}
