package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.auth.Role;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts as they arrive, each once, whatever breaks. */
class AlertStreamIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Of its own, since its thousands of alerts would crowd those of others out of their lists. */
  private static final String TENANT = "stream";

  private static final TestBroker TOPICS = SharedTopics.broker();

  @TempDir Path dataDir;
  private TestApi api;

  @BeforeEach
  void start() {
    api = TestApi.start(TOPICS, dataDir);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void alertsArriveOnceEachAcrossBreaksAndARestart() {
    String customer = SharedTopics.name("C");
    TestHttp http = api.as(TENANT, "test", Role.AGENT);
    String filter = "?customerId=" + customer;
    api.awaitReady();
    String live = http.get("/v1/alerts" + filter).json().get("liveCursor").asText();
    List<String> all = new ArrayList<>();
    List<String> seen = new ArrayList<>();

    all.addAll(produceAlerts(customer, 0, 10));
    String last;
    try (TestStream stream = http.stream("/v1/alerts/stream" + filter + "&after=" + live, null)) {
      all.addAll(produceAlerts(customer, 10, 20));
      await().atMost(PATIENCE).until(() -> stream.alertIds().size() == 20);
      seen.addAll(stream.alertIds());
      last = stream.lastEventId();
    }
    // The same alerts again, as after a failure of the stream, are no news.
    produceAlerts(customer, 0, 20);
    all.addAll(produceAlerts(customer, 20, 30));
    await()
        .atMost(PATIENCE)
        .until(() -> http.get("/v1/alerts" + filter).json().get("items").size() == 30);
    api.restart();
    TestHttp again = api.as(TENANT, "test", Role.AGENT);
    try (TestStream stream = again.stream("/v1/alerts/stream" + filter, last)) {
      all.addAll(produceAlerts(customer, 30, 40));
      await().atMost(PATIENCE).until(() -> stream.alertIds().size() == 20);
      seen.addAll(stream.alertIds());
      assertThat(stream.named("reset")).isEmpty();

      Alert retracted = Samples.in(AlertState.RETRACTED, Samples.alert(all.get(0), customer));
      TOPICS.produce(Topic.ALERTS.topicName(), TENANT + "/" + customer, Json.bytes(retracted));
      await().atMost(PATIENCE).until(() -> stream.alertIds().size() == 21);
      assertThat(stream.named("alert").get(20).json().get("state").asText()).isEqualTo("retracted");
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);

    JsonNode first = again.get("/v1/alerts" + filter + "&limit=25").json();
    assertThat(first.get("items")).hasSize(25);
    SchemaCheck.assertFits("AlertPage", again.get("/v1/alerts" + filter));
    assertThat(first.at("/items/0/times/servedAt").isTextual()).isTrue();
    JsonNode second =
        again
            .get("/v1/alerts" + filter + "&limit=25&cursor=" + first.get("nextCursor").asText())
            .json();
    assertThat(second.get("items")).hasSize(15);
    assertThat(second.has("nextCursor")).isFalse();
    assertThat(again.get("/v1/alerts" + filter + "&state=retracted").json().get("items"))
        .hasSize(1);
  }

  @Test
  void anUnknownEventIdIsAnsweredWithAReset() {
    try (TestStream stream =
        api.as(TENANT, "test", Role.AGENT).stream("/v1/alerts/stream", "of-another-life-5")) {
      await().atMost(PATIENCE).until(() -> !stream.named("heartbeat").isEmpty());
      assertThat(stream.events().get(0).name()).isEqualTo("reset");
    }
  }

  @Test
  void aClientThatDoesNotReadHarmsNobody() throws IOException {
    api.awaitReady();
    String customer = SharedTopics.name("C");
    String filter = "?customerId=" + customer;
    int alerts = 6_000;
    try (Socket deaf = connect(filter);
        TestStream stream =
            api.as(TENANT, "test", Role.AGENT).stream("/v1/alerts/stream" + filter, null)) {
      await().atMost(PATIENCE).until(() -> !stream.events().isEmpty());
      await().atMost(PATIENCE).until(() -> api.metric("nabz_live_clients") == 2);
      List<String> sent = produceAlerts(customer, 0, alerts);
      await().atMost(PATIENCE).until(() -> stream.alertIds().size() == alerts);
      assertThat(stream.alertIds()).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(stream.hasEnded()).isFalse();
    }
  }

  @Test
  void aClientThatGoesIsNoticedWithoutAWriteThatFails() throws IOException {
    // A write that fails needs two heartbeats, which are five seconds apart.
    Duration beforeTheSecondHeartbeat = Duration.ofSeconds(4);
    api.awaitReady();
    try (Socket client = connect("")) {
      await().atMost(PATIENCE).until(() -> api.metric("nabz_live_clients") == 1);
      // What a client sends after its request is nobody's business, and no end.
      client.getOutputStream().write(bytes("\r\n"));
      client.getOutputStream().flush();
      assertThat(client.getInputStream().readNBytes(100)).hasSize(100);
      assertThat(api.metric("nabz_live_clients")).isEqualTo(1);
    }
    await().atMost(beforeTheSecondHeartbeat).until(() -> api.metric("nabz_live_clients") == 0);
  }

  /** A client that asks for the stream and does not read it. */
  private Socket connect(String filter) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", api.port()));
    OutputStream out = socket.getOutputStream();
    out.write(
        bytes(
            "GET /v1/alerts/stream"
                + filter
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + api.token(TENANT, "test", Role.AGENT)
                + "\r\n\r\n"));
    out.flush();
    return socket;
  }

  private static List<String> produceAlerts(String customer, int from, int to) {
    List<String> ids = new ArrayList<>();
    for (int i = from; i < to; i++) {
      ids.add(customer + "-" + i);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TOPICS.bootstrapServers(), "linger.ms", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String id : ids) {
        producer.send(
            new ProducerRecord<>(
                Topic.ALERTS.topicName(),
                bytes(TENANT + "/" + customer),
                Json.bytes(Samples.alert(id, customer))));
      }
      producer.flush();
    }
    return ids;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
