package io.nabz.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded default as its user meets it: a process, a folder, HTTP. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CUSTOMERS = 200;

  /** The third call within 24 h makes a repeat caller. */
  private static final int CALLS = 3;

  @TempDir Path dir;
  private Path dataDir;
  private String token;

  @BeforeEach
  void choose() {
    dataDir = dir.resolve("nabz-data");
    token = UpProcess.tokenOfAllRoles(dataDir);
  }

  @Test
  void whatWasAcknowledgedIsServedAfterAKillAndNoAlertIsDoubled() throws Exception {
    Instant now = Instant.now();
    List<ProcessHandle> children;
    try (UpProcess up = UpProcess.up(dataDir)) {
      for (int call = 1; call < CALLS; call++) {
        send(up, calls(call, now.minusSeconds(600L * (CALLS - call))));
      }
      awaitCalls(up, "C-1", CALLS - 1);

      send(up, calls(CALLS, now));
      children = up.process().descendants().toList();
      assertThat(children).isNotEmpty();
      up.process().destroyForcibly().waitFor();
    }
    for (ProcessHandle child : children) {
      child.onExit().get(30, TimeUnit.SECONDS);
    }

    try (UpProcess up = UpProcess.up(dataDir)) {
      for (int customer = 0; customer < CUSTOMERS; customer++) {
        awaitCalls(up, "C-" + customer, CALLS);
      }
      await().atMost(PATIENCE).untilAsserted(() -> assertOneAlertEach(up));
      stopCleanly(up);
    }

    // Nothing arrives twice from a clean stop either.
    try (UpProcess up = UpProcess.up(dataDir)) {
      assertThat(up.talk()).contains("taken up at checkpoint");
      awaitCalls(up, "C-0", CALLS);
      assertOneAlertEach(up);
      stopCleanly(up);
    }
  }

  @Test
  void aSecondServiceOnTheFolderIsRefusedAndTheFirstGoesOn() throws Exception {
    try (UpProcess first = UpProcess.up(dataDir);
        UpProcess second =
            UpProcess.run(dataDir, "up", "--port=0", "--kafka-port=0", "--flink-port=0")) {
      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.talk().strip())
          .isEqualTo(
              "nabz: Nabz already runs on %s (pid %d); stop it, or give another folder with --data-dir"
                  .formatted(dataDir.toAbsolutePath(), first.process().pid()));
      assertThat(first.get("/v1/alerts", token).has("items")).isTrue();

      try (UpProcess signIn = UpProcess.run(dataDir, "signin")) {
        assertThat(signIn.awaitExit()).isZero();
        // A session's cookie is good for one name only: that of the pages.
        String pages = ServiceFile.of(dataDir).apiUrl();
        String link = Pattern.quote(pages) + "/signin\\?ticket=[\\w-]+";
        assertThat(signIn.talk().strip()).matches(link);
        assertThat(first.talk()).contains("Pages and API  " + pages).containsPattern(link);
      }

      List<ProcessHandle> children = first.process().descendants().toList();
      long broker = children.stream().filter(ProcessHandle::isAlive).count();
      assertThat(broker).isEqualTo(1);
      children.forEach(ProcessHandle::destroyForcibly);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(first.talk()).contains("the Kafka broker died"));
      await().atMost(PATIENCE).until(() -> send(first, calls(1, Instant.now())) == 202);
      awaitCalls(first, "C-7", 1);
      stopCleanly(first);
    }
  }

  @Test
  void aSecondCtrlCEndsAStopThatHangsAtOnceAndTheChildrenWithIt() throws Exception {
    try (UpProcess up = UpProcess.up(dataDir)) {
      long service = up.process().pid();
      // Where Ctrl-C is ignored, as by a script's '&', the other signal of a stop has to do.
      String stop = isDeafToCtrlC(service) ? "TERM" : "INT";
      List<ProcessHandle> children = up.process().descendants().toList();
      assertThat(children).isNotEmpty();
      for (ProcessHandle child : children) {
        // It neither serves nor ends any more, so the stop waits for it for 10 s.
        signal("STOP", child.pid());
      }

      signal(stop, service);
      await()
          .atMost(PATIENCE)
          .until(() -> up.talk().contains("stopping; press Ctrl-C again to end at once"));
      assertThat(up.process().isAlive()).isTrue();

      signal(stop, service);
      assertThat(up.process().waitFor(3, TimeUnit.SECONDS)).as(up.talk()).isTrue();
      assertThat(up.process().exitValue()).isEqualTo(130);
      for (ProcessHandle child : children) {
        child.onExit().get(3, TimeUnit.SECONDS);
      }
    }
  }

  private static void signal(String name, long pid) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + pid).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Ignored signals are inherited; the bit of SIGINT, which is 2, is the second. */
  private static boolean isDeafToCtrlC(long pid) throws IOException {
    Path status = Path.of("/proc", "" + pid, "status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> line.substring("SigIgn:".length()).strip())
          .anyMatch(ignored -> (Long.parseUnsignedLong(ignored, 16) & 0b10) != 0);
    }
  }

  private void stopCleanly(UpProcess up) throws Exception {
    List<ProcessHandle> children = up.process().descendants().toList();
    up.process().destroy();
    assertThat(up.awaitExit()).as(up.talk()).isZero();
    for (ProcessHandle child : children) {
      assertThat(child.isAlive()).as("child %d is gone", child.pid()).isFalse();
    }
    assertThat(Files.exists(dataDir.resolve("service.json"))).isFalse();
  }

  private int send(UpProcess up, String ndjson) throws Exception {
    HttpResponse<String> response = up.post("/v1/events", token, "application/x-ndjson", ndjson);
    return response.statusCode();
  }

  /** The given call of each customer. */
  private static String calls(int call, Instant time) {
    return IntStream.range(0, CUSTOMERS)
        .mapToObj(
            customer ->
                """
                {"specversion":"1.0","id":"call-%2$d-%1$d","source":"/test","type":"contact.initiated",\
                "time":"%3$s","subject":"C-%1$d","data":{"contactId":"k-%2$d-%1$d","channel":"voice"}}
                """
                    .formatted(customer, call, time))
        .collect(Collectors.joining());
  }

  private void awaitCalls(UpProcess up, String customer, int expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode snapshot = up.get("/v1/customers/" + customer, token);
              assertThat(
                      snapshot
                          .path("history")
                          .path("counts")
                          .path("contact.voice")
                          .path("24h")
                          .asInt())
                  .as("calls of %s in %s", customer, snapshot)
                  .isEqualTo(expected);
            });
  }

  private void assertOneAlertEach(UpProcess up) throws Exception {
    List<String> alerted = alertedCustomers(up);
    assertThat(alerted)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, CUSTOMERS).mapToObj(customer -> "C-" + customer).toList());
  }

  private List<String> alertedCustomers(UpProcess up) throws Exception {
    Stream.Builder<String> customers = Stream.builder();
    String cursor = "";
    do {
      JsonNode page = up.get("/v1/alerts?ruleId=repeat-caller&limit=100" + cursor, token);
      page.path("items").forEach(alert -> customers.add(alert.path("customerId").asText()));
      JsonNode next = page.path("nextCursor");
      cursor = next.isTextual() ? "&cursor=" + next.textValue() : "";
    } while (!cursor.isEmpty());
    return customers.build().toList();
  }
}
