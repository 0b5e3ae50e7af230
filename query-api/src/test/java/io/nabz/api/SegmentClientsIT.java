package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Scope;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries that shops already have in their pages and servers, against a running API. */
class SegmentClientsIT {
  private static final Path PROJECT = Path.of("src", "test", "node", "segment-clients");
  private static final Path WORK = Path.of("target", "segment-clients");
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int TRACKS = 25;

  @TempDir static Path dataDir;
  private static TestBroker broker;
  private static TestApi api;
  private static String key;

  @BeforeAll
  static void start() throws Exception {
    boolean found = isThere("node") && isThere("npm");
    assertThat(found || !"true".equals(System.getenv("CI")))
        .as("node and npm are on the PATH; install Node.js 20 or newer")
        .isTrue();
    assumeTrue(found, "node and npm are not on the PATH; install Node.js 20 or newer");
    install();
    broker = TestBroker.own();
    broker.createContractTopics(1);
    api = TestApi.start(broker, dataDir);
    key = api.key("default", "server", null, Scope.SEGMENT);
    api.awaitReady();
  }

  @AfterAll
  static void stop() {
    if (api != null) {
      api.close();
      broker.close();
    }
  }

  @Test
  void whatTheLibrariesSendArrivesOnceAndMapped() throws Exception {
    Process sending = send("calm");
    assertThat(sending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(sending.exitValue()).as(talk("calm")).isZero();
    for (String library : List.of("segment", "rudder")) {
      List<JsonNode> events = ofCustomer("calm-" + library);
      assertThat(events).as(library).hasSize(TRACKS + 2);
      JsonNode added = ofType(events, "cart.item_added").get(0);
      assertThat(added.at("/data/sku").asText()).startsWith("G-");
      assertThat(added.at("/data/currency").asText()).isEqualTo("USD");
      assertThat(ofType(events, "profile.updated").get(0).at("/data/attributes/firstName").asText())
          .isIn("سارا", "رضا");
    }
  }

  @Test
  void whatTheyTryAgainWhileTheBrokerIsAwayIsThereOnceItIsBack() throws Exception {
    broker.process().kill();
    Process sending = send("storm");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                api.metric("nabz_http_requests_seconds_count", "/v1/batch", "status=\"503\"") > 0);
    broker.restart();
    assertThat(sending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(sending.exitValue()).as(talk("storm")).isZero();
    for (String library : List.of("segment", "rudder")) {
      Set<String> ids =
          ofCustomer("storm-" + library).stream()
              .map(event -> event.get("id").asText())
              .collect(Collectors.toSet());
      assertThat(ids).as("each under the id it is told apart by").hasSize(TRACKS + 2);
    }
  }

  private static Process send(String customer) throws IOException {
    return new ProcessBuilder(
            "node",
            "send.mjs",
            "http://127.0.0.1:" + api.port(),
            key,
            customer,
            Integer.toString(TRACKS))
        .directory(WORK.toFile())
        .redirectErrorStream(true)
        .redirectOutput(WORK.resolve(customer + ".log").toFile())
        .start();
  }

  private static String talk(String customer) throws IOException {
    return Files.readString(WORK.resolve(customer + ".log"));
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    for (String file : List.of("package.json", "package-lock.json", ".npmrc", "send.mjs")) {
      Files.copy(
          PROJECT.resolve(file),
          WORK.resolve(file),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    Process npm =
        new ProcessBuilder("npm", "ci", "--prefer-offline", "--ignore-scripts")
            .directory(WORK.toFile())
            .redirectErrorStream(true)
            .redirectOutput(WORK.resolve("npm.log").toFile())
            .start();
    assertThat(npm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(npm.exitValue()).as(Files.readString(WORK.resolve("npm.log"))).isZero();
  }

  private static boolean isThere(String command) throws InterruptedException {
    try {
      return new ProcessBuilder(command, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<JsonNode> ofType(List<JsonNode> events, String type) {
    return events.stream().filter(event -> event.get("type").asText().equals(type)).toList();
  }

  private static List<JsonNode> ofCustomer(String customer) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (var record : broker.readAll(Topic.EVENTS.topicName())) {
      if (new String(record.key(), UTF_8).equals("default/" + customer)) {
        events.add(Json.tree(record.value()));
      }
    }
    return events;
  }
}
