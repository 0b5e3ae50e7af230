package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.backtest.Seed;
import io.nabz.backtest.TestSeeds;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.language.RuleReader;
import io.nabz.testkit.Events;
import io.nabz.warm.HandOver;
import io.nabz.warm.WarmMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/**
 * A rule that is started warm tells, from its start on, what it would have told had it always been
 * there; wherever the stream stands when it takes the rule, the history ends and the seeds come.
 */
class WarmStartPropertyTest {
  private static final int RUNS = Integer.getInteger("nabz.warm.runs", 150);
  private static final long SEED = Long.getLong("nabz.warm.seed", 1);
  private static final int EVENTS = 160;
  private static final int CUSTOMERS = 6;
  private static final Duration STEP = Duration.ofSeconds(20);
  private static final Duration BEHIND = Duration.ofMinutes(2);
  private static final String KEY = "default/mine";

  private static final List<String> TYPES =
      List.of("selfservice.failed", "contact.initiated", "page.viewed", "order.placed", "x.other");

  private static final List<String> SHAPES =
      List.of(
          "[{as: fail, type: selfservice.failed}, {as: call, type: contact.initiated}]",
          "[{as: fail, type: selfservice.failed}, {as: call, type: contact.initiated}]\n"
              + "cooldown: 10m",
          "[{as: view, type: page.viewed, times: 3}, {as: call, type: contact.initiated}]\n"
              + "afterMatch: skipToNext",
          "[{as: view, type: page.viewed}, {as: order, type: order.placed, not: true}]",
          "[{as: view, type: page.viewed, times: 2}, {as: order, type: order.placed, not: true}]\n"
              + "cooldown: 7m",
          "[{as: view, type: page.viewed}, {as: nothing, type: x.other, not: true},"
              + " {as: call, type: contact.initiated}]\nafterMatch: noSkip",
          "[{as: view, type: page.viewed}, {as: call, type: contact.initiated, followed: strict}]",
          "[{as: paid, type: order.placed, aggregate:"
              + " {function: sum, field: data.total, window: 9m, atLeast: 120}}]",
          "[{as: call, type: contact.initiated, aggregate:"
              + " {function: count, window: 15m, atLeast: 3}}]\ncooldown: 5m");

  /** What the operator is given, in this order, again from a checkpoint on after a kill. */
  private interface Op {
    void on(CustomerHarness harness) throws Exception;
  }

  /**
   * What was told.
   *
   * @param at the place in the stream at which each was first told
   * @param newest each as it was told last
   */
  private record Told(Map<String, Integer> at, Map<String, Alert> newest) {
    /** Those that stand at the end and were first told after that place. */
    Set<String> standingSince(int place, Predicate<Alert> counts) {
      Set<String> ids = new TreeSet<>();
      newest.forEach(
          (id, alert) -> {
            if (alert.state() == AlertState.OPEN && at.get(id) > place && counts.test(alert)) {
              ids.add(id);
            }
          });
      return ids;
    }
  }

  @Test
  void fromItsStartOnItTellsWhatOneWouldThatHadAlwaysBeenThere() throws Exception {
    int alerts = 0;
    int fromBefore = 0;
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(SEED + run);
      String shape = SHAPES.get(run % SHAPES.size());
      List<Event> events = events(random);
      // The rule is written when so many events are there, the stream is up to five behind.
      int written = 40 + random.nextInt(60);
      int taken = written - random.nextInt(6);
      int end = written + random.nextInt(20);
      int seeded = taken + random.nextInt(30);
      int done = seeded + random.nextInt(20);
      String warm = rule(shape, arrival(written));
      List<Seed> seeds = seeds(warm, events.subList(0, end), arrival(written));
      Collections.shuffle(seeds, random);

      Told expected = play(ops(events, Map.of(0, List.of(h -> h.change(KEY, always(warm))))), null);
      Map<Integer, List<Op>> between = new HashMap<>();
      add(between, taken, h -> h.change(KEY, warm));
      for (Seed seed : seeds) {
        int at = seeded + random.nextInt(done - seeded + 1);
        add(between, at, h -> h.seed(KEY, WarmMessage.seed(3, seed)));
      }
      add(between, done, h -> h.seed(KEY, WarmMessage.end(3, (long) seeds.size())));
      Told told = play(ops(events, between), random.nextBoolean() ? random : null);

      String as = "-Dnabz.warm.seed=%d -Dnabz.warm.runs=1 %s".formatted(SEED + run, shape);
      int start = place(taken);
      Predicate<Alert> counts = counts(shape, events, taken);
      Set<String> due = expected.standingSince(start, counts);
      assertThat(told.standingSince(-1, counts)).as(as).isEqualTo(due);
      alerts += due.size();
      Told cold = play(ops(events, Map.of(taken, List.of(h -> h.change(KEY, always(warm))))), null);
      fromBefore += cold.standingSince(-1, counts).equals(due) ? 0 : 1;
    }
    assertThat(alerts).as("a stream that says something").isGreaterThan(4 * RUNS);
    assertThat(fromBefore)
        .as("runs in which a cold rule says something else")
        .isGreaterThan(RUNS / 4);
  }

  /**
   * An absence that fell due in what the clock of the stream was behind its events may have been
   * told by an event that the rule does not wait for; whether it was before the start, nobody
   * knows.
   */
  private static Predicate<Alert> counts(String shape, List<Event> events, int taken) {
    if (!shape.contains("not: true}]")) {
      return alert -> true;
    }
    Instant newest = events.get(taken - 1).time();
    int marked = taken / 7 * 7 - 1;
    Instant clock = events.get(marked).time().minus(BEHIND);
    return alert ->
        !alert.times().eventAt().isAfter(clock) || alert.times().eventAt().isAfter(newest);
  }

  private static void add(Map<Integer, List<Op>> between, int at, Op op) {
    between.computeIfAbsent(at, ignored -> new ArrayList<>()).add(op);
  }

  /** Before each event what is between, after it the time. */
  private static List<Op> ops(List<Event> events, Map<Integer, List<Op>> between) {
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      int at = i;
      ops.add(
          harness -> {
            for (Op op : between.getOrDefault(at, List.of())) {
              op.on(harness);
            }
          });
      ops.add(harness -> harness.send(harness.intake(events.get(at), arrival(at))));
      ops.add(
          harness -> {
            if (at % 7 == 6) {
              harness.watermark(events.get(at).time().minus(BEHIND));
            }
          });
    }
    ops.add(harness -> harness.watermark(START.plus(Duration.ofDays(1))));
    return ops;
  }

  /** Where among the operations those stand that come before the event. */
  private static int place(int event) {
    return 3 * event - 1;
  }

  /**
   * @param kills when it is killed; null for never
   */
  private static Told play(List<Op> ops, Random kills) throws Exception {
    Told told = new Told(new HashMap<>(), new HashMap<>());
    CustomerHarness harness = CustomerHarness.start(JobOptions.of("nowhere:9092"));
    OperatorSubtaskState checkpoint = harness.checkpoint();
    int checkpointAt = 0;
    int left = kills == null ? 0 : 4;
    for (int i = 0; i < ops.size(); i++) {
      ops.get(i).on(harness);
      for (Alert alert : harness.alerts()) {
        if (alert.ruleId().equals("mine")) {
          told.at().putIfAbsent(alert.alertId(), i);
          told.newest().put(alert.alertId(), alert);
        }
      }
      harness.getOutput().clear();
      if (kills != null && kills.nextInt(15) == 0) {
        checkpoint = harness.checkpoint();
        checkpointAt = i + 1;
      } else if (left > 0 && kills.nextInt(60) == 0) {
        left--;
        harness = harness.failAndResume(checkpoint, START);
        i = checkpointAt - 1;
      }
    }
    harness.close();
    return told;
  }

  private static List<Seed> seeds(String rule, List<Event> history, Instant writtenAt) {
    TestSeeds seeds =
        new TestSeeds(
            RuleCompiler.compile(RuleReader.read(rule.getBytes(UTF_8))),
            writtenAt.minus(HandOver.LAG));
    for (int i = 0; i < history.size(); i++) {
      Event event = history.get(i);
      seeds.take(event.toBytes(), event.subject(), arrival(i).toEpochMilli());
    }
    return seeds.seeds();
  }

  private static Instant arrival(int event) {
    return START.plus(STEP.multipliedBy(event)).plusMillis(40);
  }

  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(
          Events.of("C-" + random.nextInt(CUSTOMERS))
              .after(STEP.multipliedBy(i))
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

  private static String rule(String shape, Instant changedAt) {
    return """
        id: mine
        version: 3
        patternVersion: 3
        start: warm
        changedAt: "%s"
        audience: agent
        name: {en: n, fa: ن}
        within: 15m
        then: {title: {en: t, fa: ت}}
        pattern: %s
        """
        .formatted(changedAt, shape);
  }

  private static String always(String warm) {
    return warm.replace("start: warm\n", "");
  }
}
