package io.nabz.rules.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.rules.engine.WatchPlay;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SilencesTest {
  private static final long SEED = Long.getLong("nabz.seed", 1);
  private static final int CASES = 500;

  private static final String RULE =
      """
      id: silent
      version: 4
      audience: supervisor
      name: {en: n, fa: ن}
      across: sources
      watch: {silentFor: 15m, heardFor: 30m}
      cooldown: 1m
      then: {title: {en: "{{by}} {{minutes}} {{since}}", fa: "{{by}}"}}
      """;

  @Test
  void aSourceThatWasHeardOfForHalfAnHourIsToldOnceItsSilenceIsOver() {
    WatchPlay play = WatchPlay.of(RULE).heard(0, 10, 20, 30).until(44);
    assertThat(play.open()).isEmpty();

    play.until(45).until(46).until(600);

    assertThat(play.open()).hasSize(1);
    Alert alert = play.alerts.get(0);
    assertThat(alert.title().en()).isEqualTo("/pbx/tehran 15 2026-11-22T10:30:00Z");
    assertThat(alert.customerId()).isNull();
    assertThat(alert.queue()).isNull();
    assertThat(alert.times().eventAt()).isEqualTo(Instant.parse("2026-11-22T10:45:00Z"));
  }

  @Test
  void oneThatSpokeOnceOrNowAndThenIsNotMissed() {
    assertThat(WatchPlay.of(RULE).heard(0, 29).until(300).open())
        .as("15 min of 29 were a pause, and so the stretch is no half hour")
        .isEmpty();
    assertThat(WatchPlay.of(RULE).heard(0, 60, 120, 180).until(300).open()).isEmpty();
  }

  @Test
  void aPauseThatEndsAtTheLastMomentIsNoSilence() {
    assertThat(WatchPlay.of(RULE).heard(0, 15, 30, 45).until(59).heard(60).until(74).open())
        .isEmpty();
  }

  @Test
  void whenItSpeaksAgainAndFallsSilentAgainThatIsAnotherAlert() {
    WatchPlay play = WatchPlay.of(RULE).heard(0, 10, 20, 30).until(60);
    play.heard(60, 70, 80, 90).until(200);

    assertThat(play.open()).hasSize(2).doesNotHaveDuplicates();
    assertThat(play.ids(AlertState.RETRACTED)).as("it was true").isEmpty();
  }

  @Test
  void withinTheCooldownItIsTheSameTrouble() {
    WatchPlay play = WatchPlay.of(RULE.replace("1m\n", "2h\n")).heard(0, 10, 20, 30).until(60);
    play.heard(60, 70, 80, 90).until(200);

    assertThat(play.open()).as("45 and 105 are less than two hours apart").hasSize(1);
  }

  @Test
  void whatComesLateFromWithinTheSilenceTakesItBackAndWhatIsLeftOfItIsToldAnew() {
    WatchPlay play = WatchPlay.of(RULE).heard(0, 10, 20, 30).until(50);
    String first = play.open().get(0);
    play.heard(40).until(54);
    assertThat(play.ids(AlertState.RETRACTED)).containsExactly(first);
    assertThat(play.open()).hasSize(1);

    play.until(55);
    assertThat(play.open()).as("since 40").hasSize(2);
  }

  @Test
  void whatIsLeftOfItMayBeOverByThen() {
    WatchPlay play = WatchPlay.of(RULE).heard(0, 10, 20, 30).until(90);
    play.heard(40).until(91);

    assertThat(play.ids(AlertState.RETRACTED)).hasSize(1);
    assertThat(play.open()).hasSize(2);
  }

  @Test
  void thoseWhoReadAheadOfTheClockFindWhatThoseWhoDoNotFind() {
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(SEED + i);
      TreeSet<Integer> minutes = minutes(random);
      List<Integer> shuffled = new ArrayList<>(minutes);
      Collections.shuffle(shuffled, random);
      // All of them come before the clock passes the first.
      WatchPlay ahead = WatchPlay.of(RULE);
      shuffled.forEach(ahead::heard);
      for (int clock = 0; clock <= 600; clock += 1 + random.nextInt(60)) {
        ahead.until(clock);
      }
      ahead.until(600);
      WatchPlay live = WatchPlay.of(RULE);
      for (int minute : minutes) {
        // The clock is behind all that has happened.
        live.until(Duration.ofMinutes(minute).minusMillis(1)).heard(minute);
      }
      live.until(600);

      assertThat(turns(ahead)).as("seed %d", SEED + i).isEqualTo(silences(minutes));
      assertThat(turns(live)).as("seed %d", SEED + i).isEqualTo(silences(minutes));
      assertThat(ahead.alerts).extracting(Alert::state).containsOnly(AlertState.OPEN);
      assertThat(new HashSet<>(live.open())).isEqualTo(new HashSet<>(ahead.open()));
    }
  }

  @Test
  void howeverLateThingsComeWhatStandsWasTrue() {
    int takenBack = 0;
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(SEED + i);
      TreeSet<Integer> minutes = minutes(random);
      List<int[]> arrivals = new ArrayList<>();
      for (int minute : minutes) {
        arrivals.add(new int[] {minute + random.nextInt(40), minute});
      }
      arrivals.sort((a, b) -> Integer.compare(a[0], b[0]));
      WatchPlay play = WatchPlay.of(RULE);
      for (int[] arrival : arrivals) {
        play.until(arrival[0]).heard(arrival[1]).until(arrival[0]);
      }
      play.until(700);

      Set<String> standing = new HashSet<>(play.open());
      play.ids(AlertState.RETRACTED).forEach(standing::remove);
      takenBack += play.ids(AlertState.RETRACTED).size();
      for (Alert alert : play.alerts) {
        if (standing.contains(alert.alertId())) {
          assertThat(silences(minutes)).as("seed %d", SEED + i).contains(since(alert));
        }
      }
    }
    assertThat(takenBack).as("some of them came late enough").isPositive();
  }

  @Test
  void whatIsKeptOfASourceIsBoundedHoweverItStammers() {
    WatchPlay play = WatchPlay.of(RULE);
    for (int minute = 0; minute < 20_000; minute += 2) {
      play.heard(minute).until(minute);
    }

    assertThat(play.life.from.length).isLessThanOrEqualTo(64);
    assertThat(play.open()).isEmpty();
    assertThat(play.until(30_000).open()).hasSize(1);
    assertThat(play.life.from).hasSize(1);
  }

  /** Minutes at which a source speaks over some hours, with pauses. */
  private static TreeSet<Integer> minutes(Random random) {
    TreeSet<Integer> minutes = new TreeSet<>();
    int minute = 0;
    while (minute < 400) {
      minutes.add(minute);
      minute += 1 + (random.nextInt(8) == 0 ? random.nextInt(40) : random.nextInt(5));
    }
    return minutes;
  }

  /** The slow definition: since when silences last that are 15 minutes long after half an hour. */
  private static Set<Integer> silences(TreeSet<Integer> minutes) {
    Set<Integer> silences = new HashSet<>();
    for (int since : minutes) {
      Integer next = minutes.higher(since);
      int begun = since;
      while (minutes.lower(begun) != null && begun - minutes.lower(begun) <= 15) {
        begun = minutes.lower(begun);
      }
      if ((next == null || next - since > 15) && since - begun >= 30) {
        silences.add(since);
      }
    }
    return silences;
  }

  private static Set<Integer> turns(WatchPlay play) {
    Set<Integer> turns = new HashSet<>();
    play.alerts.forEach(alert -> turns.add(since(alert)));
    return turns;
  }

  private static int since(Alert alert) {
    Instant due = alert.times().eventAt();
    return (int) Duration.between(Events.START, due).toMinutes() - 15;
  }
}
