package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** However often the operator is killed, the same stream gives the same alerts. */
class RulesUnderKillsTest {
  private static final int EVENTS = 400;
  private static final int CUSTOMERS = 6;
  private static final long SEED = Long.getLong("nabz.kills.seed", 1);

  private static final List<String> TYPES =
      List.of("selfservice.failed", "contact.initiated", "page.viewed", "order.placed", "x.other");

  private static final List<String> RULES =
      List.of(
          rule(
              "sequence",
              "[{as: fail, type: selfservice.failed}, {as: call, type: contact.initiated}]",
              "cooldown: 10m"),
          rule(
              "thrice",
              "[{as: view, type: page.viewed, times: 3}, {as: o, type: order.placed, not: true}]",
              "afterMatch: skipToNext"),
          rule("offer", "[{as: view, type: page.viewed}, {as: call, type: contact.*}]", ""),
          rule(
              "exact",
              "[{as: a, type: order.placed}, {as: b, type: page.viewed, followed: strict}]",
              "ordering: eventTime"),
          rule(
              "sum",
              "[{as: paid, type: order.placed, aggregate:"
                  + " {function: sum, field: data.total, window: 9m, atLeast: 120}}]",
              ""));

  private final EventIntake intake = new EventIntake("IR");
  private final Random random = new Random(SEED);
  private final TreeMap<String, AlertState> told = new TreeMap<>();
  private KeyedTwoInputStreamOperatorTestHarness<String, IntakeRecord, RuleChange, Outbound>
      harness;

  @Test
  void theSetOfAlertsIsTheSame() throws Exception {
    List<Event> events = events();
    TreeMap<String, AlertState> expected = play(events, 0);
    assertThat(expected.values()).as("a stream that says something").hasSizeGreaterThan(50);
    assertThat(expected.values()).contains(AlertState.OPEN, AlertState.SUPPRESSED);

    for (int run = 0; run < 5; run++) {
      assertThat(play(events, 12)).as("-Dnabz.kills.seed=%d", SEED).isEqualTo(expected);
    }
  }

  /** Alert ids with the state that was told last. */
  private TreeMap<String, AlertState> play(List<Event> events, int kills) throws Exception {
    told.clear();
    open(null);
    for (String rule : RULES) {
      String id = rule.substring("id: ".length(), rule.indexOf('\n'));
      harness.processElement2(
          new StreamRecord<>(new RuleChange("default/" + id, rule.getBytes(UTF_8))));
    }
    OperatorSubtaskState checkpoint = checkpoint(0);
    int checkpointAt = 0;
    int left = kills;
    for (int i = 0; i < events.size(); i++) {
      step(events, i);
      if (random.nextInt(20) == 0) {
        checkpoint = checkpoint(i + 1L);
        checkpointAt = i + 1;
      } else if (left > 0 && random.nextInt(events.size() / kills) == 0) {
        left--;
        collect();
        harness.close();
        open(checkpoint);
        i = checkpointAt - 1;
      }
    }
    harness.processWatermark1(new Watermark(START.plus(Duration.ofDays(2)).toEpochMilli()));
    collect();
    harness.close();
    return new TreeMap<>(told);
  }

  private void step(List<Event> events, int i) throws Exception {
    Event event = events.get(i);
    IntakeRecord record =
        intake.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "test/0/0");
    harness.processElement1(record, record.eventTimeMs);
    if (i % 10 == 9) {
      long newest =
          events.subList(0, i + 1).stream().mapToLong(RulesUnderKillsTest::ms).max().getAsLong();
      harness.processWatermark1(new Watermark(newest - Duration.ofMinutes(1).toMillis()));
    }
  }

  private void open(OperatorSubtaskState from) throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CustomerOperator(JobOptions.of("nowhere:9092")),
            record -> record.customerKey,
            change -> change.key,
            Types.STRING);
    harness.setProcessingTime(START.toEpochMilli());
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
  }

  private OperatorSubtaskState checkpoint(long id) throws Exception {
    harness.prepareSnapshotPreBarrier(id);
    return harness.snapshot(id, id);
  }

  private void collect() throws IOException {
    for (Outbound out : harness.extractOutputValues()) {
      if (out.goesTo(Topic.ALERTS)) {
        Alert alert = Json.read(out.value, Alert.class);
        told.put(alert.alertId(), alert.state());
      }
    }
  }

  private List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      // Mostly in order, some up to a minute late.
      Duration at = Duration.ofSeconds(20L * i).minusSeconds(random.nextInt(4) == 0 ? 50 : 0);
      events.add(
          Events.of("C-" + random.nextInt(CUSTOMERS))
              .after(at.isNegative() ? Duration.ZERO : at)
              .event(
                  "e" + i,
                  TYPES.get(random.nextInt(TYPES.size())),
                  Events.data()
                      .put("orderId", "o" + i)
                      .put("contactId", "k" + i)
                      .put("channel", "chat")
                      .put("total", random.nextInt(100))
                      .put("currency", "IRR")));
    }
    return events;
  }

  private static long ms(Event event) {
    return event.time().toEpochMilli();
  }

  private static String rule(String id, String pattern, String more) {
    String audience = id.equals("offer") ? "marketing" : "agent";
    return """
        id: %s
        audience: %s
        name: {en: n, fa: ن}
        pattern: %s
        within: 15m
        then: {title: {en: t, fa: ت}}
        %s
        """
        .formatted(id, audience, pattern, more);
  }
}
