package io.nabz.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Absences under disorder against what a look at the whole stream says. */
class AbsenceOracleTest {
  private static final long SEED = Long.getLong("nabz.oracle.seed", 1);
  private static final int CASES = 300;
  private static final int WITHIN = 60;
  private static final int SLACK = 10;

  private static final String RULE =
      """
      id: no-delivery
      audience: agent
      name: {en: n, fa: ن}
      by: data.orderId
      pattern:
        - {as: placed, type: order.placed}
        - {as: delivered, type: order.delivered, not: true}
      within: 60m
      then: {title: {en: t, fa: ت}}
      """;

  /** An event with the minute at which it arrives. */
  private record Arrival(int minute, Event event) {}

  @Test
  void whatIsToldAndNotTakenBackIsWhatWasTrueHoweverLateTheDeliveriesCome() {
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(SEED + i);
      Map<String, Boolean> truth = new HashMap<>();
      List<Arrival> stream = orders(random, truth, 0, 300);

      Set<String> standing = standing(play(RULE, stream, 0));

      assertThat(standing).as("seed %d", SEED + i).isEqualTo(absent(truth));
    }
  }

  @Test
  void inEventTimeNothingIsEverTakenBackWhateverTheDisorderWithinTheSlack() {
    int told = 0;
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(SEED + i);
      Map<String, Boolean> truth = new HashMap<>();
      List<Arrival> stream = orders(random, truth, SLACK, SLACK);

      Play play = play(RULE + "ordering: eventTime\n", stream, SLACK);

      assertThat(play.retracted()).as("seed %d", SEED + i).isEmpty();
      assertThat(standing(play)).as("seed %d", SEED + i).isEqualTo(absent(truth));
      told += play.open().size();
    }
    assertThat(told).isGreaterThan(CASES);
  }

  /** Orders, each delivered in time, too late or never, with delays on the way to us. */
  private static List<Arrival> orders(
      Random random, Map<String, Boolean> truth, int placedDelay, int deliveredDelay) {
    List<Arrival> stream = new ArrayList<>();
    for (int o = 0; o < 8; o++) {
      String id = "o-" + o;
      int placed = random.nextInt(200);
      stream.add(arrival(random, placed, placedDelay, "order.placed", id));
      int took = 1 + random.nextInt(2 * WITHIN);
      boolean comes = random.nextInt(4) > 0;
      if (comes) {
        stream.add(arrival(random, placed + took, deliveredDelay, "order.delivered", id));
      }
      truth.put(id, comes && took < WITHIN);
    }
    stream.sort(
        Comparator.comparingInt(Arrival::minute)
            .thenComparing(arrival -> arrival.event().type(), Comparator.reverseOrder())
            .thenComparing(arrival -> arrival.event().id()));
    return stream;
  }

  private static Arrival arrival(Random random, int minute, int delay, String type, String id) {
    Event event =
        Events.of("C-1")
            .after(Duration.ofMinutes(minute))
            .event(type + id, type, Events.data().put("orderId", id));
    return new Arrival(minute + (delay == 0 ? 0 : random.nextInt(delay)), event);
  }

  /** The clock follows the arrivals, behind them by the slack. */
  private static Play play(String rule, List<Arrival> stream, int slack) {
    Play play = Play.of(rule);
    int clock = -slack;
    for (Arrival arrival : stream) {
      if (arrival.minute() - slack > clock) {
        clock = arrival.minute() - slack;
        play.until(Duration.ofMinutes(clock).minusMillis(1));
      }
      play.with(arrival.event());
    }
    return play.until(Duration.ofDays(2));
  }

  private static Set<String> standing(Play play) {
    Map<String, String> byAlert = new HashMap<>();
    for (Alert alert : play.alerts) {
      if (alert.state() == AlertState.OPEN) {
        assertThat(byAlert).doesNotContainKey(alert.alertId());
        String eventId = alert.evidence().get(0).eventId();
        byAlert.put(alert.alertId(), eventId.substring("order.placed".length()));
      } else {
        assertThat(byAlert.remove(alert.alertId())).as("it had been told").isNotNull();
      }
    }
    return new HashSet<>(byAlert.values());
  }

  private static Set<String> absent(Map<String, Boolean> truth) {
    Set<String> absent = new HashSet<>();
    truth.forEach(
        (id, delivered) -> {
          if (!delivered) {
            absent.add(id);
          }
        });
    return absent;
  }
}
