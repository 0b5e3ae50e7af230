package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.intake.EventIntake;
import io.nabz.kpi.Fact;
import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.PaneBatch;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.PaneState;
import io.nabz.kpi.PaneView;
import io.nabz.kpi.Share;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.KpiKey;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A fortnight replayed in seconds, shuffled within two minutes and doubled, by feeds that are read
 * at different speeds: the figures of its intervals are those of the fortnight as it was.
 */
class KpiReplayTest {
  private static final KpiPolicy POLICY = KpiPolicy.DEFAULT;
  private static final JobOptions OPTIONS = JobOptions.of("nowhere:9092");
  private static final int SUBTASKS = 2;
  private static final int FEEDS = 4;
  private static final int CALLS = 1_500;
  private static final int CUSTOMERS = 500;
  private static final Duration FORTNIGHT = Duration.ofDays(14);
  private static final Duration SHUFFLE = Duration.ofMinutes(2);

  private record Arrival(Instant at, Event event) {}

  private final EventIntake intake = new EventIntake("IR");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theFiguresAreTheSameHoweverFarTheClockRunsAheadOfAFeed(long seed) throws Exception {
    Random random = new Random(seed);
    List<Event> events = fortnight(random);

    Map<String, String> expected = figures(run(List.of(events), random, false));
    List<List<Event>> feeds = new ArrayList<>();
    for (int feed = 0; feed < FEEDS; feed++) {
      feeds.add(new ArrayList<>());
    }
    for (Event event : shuffledAndDoubled(events, random)) {
      feeds.get(Math.floorMod(feedKey(event).hashCode(), FEEDS)).add(event);
    }
    Map<String, String> replayed = figures(run(feeds, random, true));

    assertThat(expected).as("two weeks of quarters").hasSizeGreaterThan(1_000);
    assertThat(replayed).as("seed %d", seed).isEqualTo(expected);
  }

  private static String feedKey(Event event) {
    return event.subject() == null ? event.text("contactId") : event.subject();
  }

  private static List<Event> fortnight(Random random) {
    List<Event> events = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      long second = random.nextLong(FORTNIGHT.toSeconds());
      Events at = Events.of("C-" + random.nextInt(CUSTOMERS));
      String id = "k-" + call;
      events.add(at.at(START.plusSeconds(second)).contact(EventTypes.CONTACT_INITIATED, id));
      events.add(at.at(START.plusSeconds(second + 20)).contact(EventTypes.CONTACT_QUEUED, id));
      long until = second + 20 + random.nextInt(120);
      if (call % 4 == 0) {
        events.add(at.at(START.plusSeconds(until)).contact(EventTypes.CONTACT_ABANDONED, id));
      } else {
        events.add(at.at(START.plusSeconds(until)).contact(EventTypes.CONTACT_CONNECTED, id));
        events.add(
            at.at(START.plusSeconds(until + random.nextInt(600)))
                .contact(EventTypes.CONTACT_ENDED, id));
      }
    }
    events.sort(Comparator.comparing(Event::time));
    return events;
  }

  private static List<Event> shuffledAndDoubled(List<Event> events, Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (Event event : events) {
      for (int copy = 0; copy < 2; copy++) {
        long late = random.nextLong(SHUFFLE.toMillis());
        arrivals.add(new Arrival(event.time().plusMillis(late), event));
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return arrivals.stream().map(Arrival::event).toList();
  }

  /**
   * @param stalls whether the last feed is not read for days of its time in the middle; it counts
   *     as silent then, and the clock goes on without it
   */
  private Map<String, PaneState> run(List<List<Event>> feeds, Random random, boolean stalls)
      throws Exception {
    List<KeyedOneInputStreamOperatorTestHarness<String, Fact, Share>> subtasks = new ArrayList<>();
    for (int i = 0; i < SUBTASKS; i++) {
      subtasks.add(subjects());
    }
    int[] next = new int[feeds.size()];
    boolean more = true;
    int slowest = feeds.size() - 1;
    while (more) {
      more = false;
      boolean stalled =
          stalls
              && next[slowest] > 0.4 * feeds.get(slowest).size()
              && next[0] < 0.75 * feeds.get(0).size();
      long clock = Long.MAX_VALUE;
      for (int feed = 0; feed < feeds.size(); feed++) {
        List<Event> events = feeds.get(feed);
        if (feed == slowest && stalled) {
          more = true;
          continue;
        }
        int until = Math.min(events.size(), next[feed] + 1 + random.nextInt(200));
        for (; next[feed] < until; next[feed]++) {
          send(events.get(next[feed]), subtasks);
        }
        if (next[feed] < events.size()) {
          more = true;
          clock = Math.min(clock, events.get(next[feed]).time().toEpochMilli() - 1_000);
        }
      }
      if (clock != Long.MAX_VALUE) {
        for (var subtask : subtasks) {
          subtask.processWatermark(clock);
          // The whole of it takes some seconds.
          subtask.setProcessingTime(subtask.getProcessingTime() + 50);
        }
      }
    }
    Map<String, PaneState> panes = new TreeMap<>();
    PaneBatch batch = new PaneBatch(POLICY.zone());
    for (var subtask : subtasks) {
      // So that all is settled that the clock settles, wherever it came to rest.
      subtask.processWatermark(START.plus(FORTNIGHT).plus(Duration.ofDays(8)).toEpochMilli());
      subtask.extractOutputValues().forEach(batch::add);
      subtask.close();
    }
    for (PaneDelta delta : batch.drain()) {
      panes.computeIfAbsent(delta.pane, key -> new PaneState()).add(delta);
    }
    return panes;
  }

  private void send(
      Event event, List<KeyedOneInputStreamOperatorTestHarness<String, Fact, Share>> subtasks)
      throws Exception {
    for (Fact fact :
        intake.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "t/0/0").facts) {
      subtasks
          .get(Math.floorMod(fact.subject.hashCode(), SUBTASKS))
          .processElement(fact, fact.timeMs);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Fact, Share> subjects()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Fact, Share> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new ClockedProcessOperator<>(new KpiSubjects(POLICY), OPTIONS),
            f -> f.subject,
            Types.STRING);
    harness.setProcessingTime(START.toEpochMilli());
    harness.open();
    return harness;
  }

  private static Map<String, String> figures(Map<String, PaneState> panes) {
    Map<String, String> figures = new TreeMap<>();
    panes.forEach(
        (key, pane) -> {
          // How often something changed may depend on the order, the figures may not.
          pane.version = 0;
          if (!pane.isZero()) {
            figures.put(key, Json.string(PaneView.of(KpiKey.parse(key), pane, POLICY)));
          }
        });
    return figures;
  }
}
