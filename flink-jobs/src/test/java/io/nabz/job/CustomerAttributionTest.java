package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.identity.Attribution;
import io.nabz.identity.Kept;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What identity says of a customer, in the operator that holds it. */
class CustomerAttributionTest {
  private static final JobOptions OPTIONS = JobOptions.of("nowhere:9092");
  private static final Events CUSTOMER = Events.of("C-1");
  private static final String KEY = "default/C-1";
  private static final String VISITOR = "default/~v";
  private static final String NODE = "default/~node";

  private CustomerHarness harness;

  @BeforeEach
  void open() throws Exception {
    harness = CustomerHarness.start(OPTIONS);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aVisitorWhoIsKnownLeavesARedirectAndNoTimelineAndInTimeNothing() throws Exception {
    send(event(Attribution.PROVISIONAL, VISITOR, CUSTOMER.call("k")));
    long version = newest(VISITOR).get("version").asLong();
    harness.getOutput().clear();

    Attribution redirect = new Attribution(Attribution.REDIRECT, VISITOR, START.toEpochMilli());
    redirect.target = KEY;
    send(redirect);

    assertThat(values(Topic.TIMELINE, VISITOR)).containsExactly((JsonNode) null);
    assertThat(newest(VISITOR).get("redirectTo").asText()).isEqualTo("C-1");
    assertThat(newest(VISITOR).get("customerId").asText()).isEqualTo("~v");
    assertThat(newest(VISITOR).get("version").asLong()).isGreaterThan(version);

    harness.watermark(START.plus(Duration.ofDays(401)));
    assertThat(newest(VISITOR)).isNull();
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void whatIsTakenBackLeavesStateAndTimelineAlsoAfterAFailure() throws Exception {
    send(harness.intake(CUSTOMER.call("own")));
    Event linked = CUSTOMER.after(Duration.ofMinutes(1)).call("linked");
    send(event(Attribution.LINKED, KEY, linked));
    OperatorSubtaskState checkpoint = harness.checkpoint();
    harness = harness.failAndResume(checkpoint, START.plusSeconds(1));

    send(takeBack(harness.intake(linked).hash));

    JsonNode snapshot = newest(KEY);
    assertThat(snapshot.at("/history/contacts")).hasSize(1);
    JsonNode gone = values(Topic.TIMELINE, KEY).get(0);
    assertThat(gone.get("eventId").asText()).isEqualTo(linked.id());
    assertThat(gone.get("takenBack").asBoolean()).isTrue();

    harness.watermark(START.plus(Duration.ofDays(401)));
    assertThat(harness.numKeyedStateEntries()).as("customer and ledger").isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void whoeverHasNothingLeftIsNobody() throws Exception {
    Event linked = CUSTOMER.call("linked");
    send(event(Attribution.LINKED, KEY, linked));

    send(takeBack(harness.intake(linked).hash));

    assertThat(newest(KEY)).isNull();
  }

  @Test
  void aMergedCustomerComesBackAsItWas() throws Exception {
    send(harness.intake(CUSTOMER.call("before")));
    Attribution redirect = new Attribution(Attribution.REDIRECT, KEY, START.toEpochMilli());
    redirect.target = "default/C-2";
    send(redirect);
    send(harness.intake(CUSTOMER.after(Duration.ofMinutes(1)).call("meanwhile")));
    assertThat(newest(KEY).get("redirectTo").asText()).isEqualTo("C-2");
    long version = newest(KEY).get("version").asLong();

    send(new Attribution(Attribution.RETURN, KEY, START.plusSeconds(120).toEpochMilli()));

    assertThat(newest(KEY).at("/history/contacts")).hasSize(2);
    assertThat(newest(KEY).get("version").asLong()).isGreaterThan(version);
  }

  private Attribution event(int kind, String customer, Event event) {
    IntakeRecord record = harness.intake(event);
    Attribution attribution = new Attribution(kind, customer, record.eventTimeMs);
    attribution.via = NODE;
    attribution.event =
        new Kept(record.hash, record.eventTimeMs, record.receivedAtMs, record.bytes);
    return attribution;
  }

  private static Attribution takeBack(long hash) {
    Attribution attribution =
        new Attribution(Attribution.TAKE_BACK, KEY, START.plusSeconds(90).toEpochMilli());
    attribution.via = NODE;
    attribution.hashes = new long[] {hash};
    return attribution;
  }

  private void send(Attribution attribution) throws Exception {
    List<IntakeRecord> records = new ArrayList<>(1);
    new IdentityOutlet(records::add, (tag, record) -> {}).customer(attribution);
    send(records.get(0));
  }

  /** Each record a second after the last, so that no snapshot waits for the next. */
  private void send(IntakeRecord record) throws Exception {
    harness.send(record);
    harness.setProcessingTime(harness.getProcessingTime() + 1_000);
  }

  private JsonNode newest(String key) throws IOException {
    List<JsonNode> snapshots = values(Topic.SNAPSHOTS, key);
    return snapshots.get(snapshots.size() - 1);
  }

  /** What went to the topic under that key, parsed; null for a tombstone. */
  private List<JsonNode> values(Topic topic, String key) throws IOException {
    List<JsonNode> values = new ArrayList<>();
    for (Outbound out : harness.sentTo(topic)) {
      if (new String(out.key, UTF_8).equals(key)) {
        values.add(out.value == null ? null : Json.tree(out.value));
      }
    }
    return values;
  }
}
