package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.backtest.Backtest;
import io.nabz.backtest.BacktestPlan;
import io.nabz.backtest.BacktestResult;
import io.nabz.customer.CustomerPolicy;
import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.language.RuleReader;
import io.nabz.testkit.Events;
import io.nabz.testkit.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What a backtest finds is what the stream would have told, and told to the end. */
class BacktestAgainstStreamIT {
  private static final int EVENTS = 800;
  private static final int CUSTOMERS = 20;
  private static final long SEED = Long.getLong("nabz.backtest.seed", 1);

  /** In the past of any machine, whose clock is the broker's. */
  private static final Instant START = Instant.parse("2023-11-22T10:00:00Z");

  private static final List<String> TYPES =
      List.of("selfservice.failed", "contact.initiated", "page.viewed", "order.placed");

  private static final List<String> PATTERNS =
      List.of(
          "pattern: [{as: f, type: selfservice.failed}, {as: c, type: contact.initiated}]",
          "pattern: [{as: v, type: page.viewed}, {as: o, type: order.placed, not: true}]",
          "pattern: [{as: v, type: page.viewed, times: 2}, {as: o, type: order.placed, followed: strict}]\n"
              + "afterMatch: noSkip",
          "pattern: [{as: a, type: order.placed}, {as: b, type: page.viewed}]\nordering: eventTime",
          "pattern: [{as: a, type: order.placed}, {as: b, type: page.viewed}]\n"
              + "condition: customer.value.orders >= 10\ncooldown: 30m");

  private final EventIntake intake = new EventIntake("IR");

  @Test
  void bothFindTheSameMatches() throws Exception {
    List<Event> events = events(new Random(SEED));
    try (TestBroker broker = TestBroker.own()) {
      broker.createContractTopics(1);
      broker.produceAll(
          Topic.EVENTS.topicName(),
          events.stream().map(e -> new String(e.toBytes(), UTF_8)).toList());
      for (int i = 0; i < PATTERNS.size(); i++) {
        String rule = rule(i);
        Set<String> told = stream(rule, events);
        BacktestResult found = backtest(broker, rule);

        String as = "-Dnabz.backtest.seed=%d %s".formatted(SEED, PATTERNS.get(i));
        assertThat(told).as(as).isNotEmpty();
        assertThat(found.alerts()).as(as).isEqualTo(told.size());
        assertThat(found.examples())
            .as(as)
            .isNotEmpty()
            .allMatch(example -> told.contains(key(example.customerId(), example.evidence())));
      }
    }
  }

  /** Customer and evidence of all alerts that stand at the end. */
  private Set<String> stream(String rule, List<Event> events) throws Exception {
    Map<String, Alert> told = new HashMap<>();
    try (var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CustomerOperator(JobOptions.of("nowhere:9092")),
            (IntakeRecord record) -> record.customerKey,
            (RuleChange change) -> change.key,
            Types.STRING)) {
      harness.open();
      harness.processElement2(
          new StreamRecord<>(new RuleChange("default/draft", rule.getBytes(UTF_8))));
      long newestMs = Long.MIN_VALUE;
      for (int i = 0; i < events.size(); i++) {
        Event event = events.get(i);
        IntakeRecord record =
            intake.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "test/0/0");
        harness.processElement1(record, record.eventTimeMs);
        newestMs = Math.max(newestMs, record.eventTimeMs);
        if (i % 10 == 9) {
          harness.processWatermark1(new Watermark(newestMs - Duration.ofMinutes(2).toMillis()));
        }
      }
      harness.processWatermark1(new Watermark(newestMs));
      for (Outbound out : harness.extractOutputValues()) {
        if (out.goesTo(Topic.ALERTS)) {
          Alert alert = Json.read(out.value, Alert.class);
          if (alert.ruleId().equals("draft")) {
            told.put(alert.alertId(), alert);
          }
        }
      }
    }
    return told.values().stream()
        .filter(alert -> alert.state() == AlertState.OPEN)
        .map(alert -> key(alert.customerId(), alert.evidence()))
        .collect(Collectors.toSet());
  }

  private static BacktestResult backtest(TestBroker broker, String rule)
      throws InterruptedException {
    Properties kafka = new Properties();
    kafka.put("bootstrap.servers", broker.bootstrapServers());
    BacktestPlan plan =
        new BacktestPlan(
            "default",
            RuleCompiler.compile(RuleReader.read(rule.getBytes(UTF_8))),
            null,
            Instant.EPOCH,
            START.plus(Duration.ofDays(10)),
            1,
            2,
            1 << 26,
            Duration.ofMinutes(1),
            CustomerPolicy.DEFAULT);
    return new Backtest(plan, (tenant, type, value) -> null).run(kafka);
  }

  private static String key(String customer, List<Alert.Evidence> evidence) {
    return customer + evidence.stream().map(Alert.Evidence::eventId).toList();
  }

  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      long second = 20L * i + 60 - (random.nextInt(5) == 0 ? 50 : 0);
      events.add(
          Events.of("C-" + random.nextInt(CUSTOMERS))
              .at(START.plusSeconds(second))
              .event(
                  "e" + i,
                  TYPES.get(random.nextInt(TYPES.size())),
                  Events.data()
                      .put("orderId", "o" + i)
                      .put("contactId", "k" + i)
                      .put("channel", "voice")
                      .put("total", 10)
                      .put("currency", "IRR")));
    }
    return events;
  }

  private static String rule(int i) {
    return """
        id: draft
        audience: agent
        name: {en: n, fa: ن}
        within: 15m
        then: {title: {en: t, fa: ت}}
        %s
        """
        .formatted(PATTERNS.get(i));
  }
}
