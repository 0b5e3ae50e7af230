package io.nabz.rules.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nabz.model.Alert;
import io.nabz.rules.engine.WatchPlay;
import io.nabz.rules.language.Watch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviationsTest {
  private static final long SEED = Long.getLong("nabz.seed", 1);

  private static final String RULE =
      """
      id: gives-up
      version: 2
      audience: supervisor
      name: {en: n, fa: ن}
      across: queues
      watch: {figure: abandonmentRate, deviates: 3, differs: 0.1, atLeast: 20, pastAtLeast: 12}
      cooldown: 1h
      then:
        title:
          en: "{{by}} {{value}} of {{contacts}}, usual {{usual}}, at most {{limit}}, {{quarters}} quarters"
          fa: "{{by}}"
      """;

  @Test
  void aQuarterBeyondWhatChanceMakesOfTheUsualIsTold() {
    WatchPlay play = steady(WatchPlay.of(RULE), 12, 40, 4);
    // 10 % are usual; of 40 contacts 3 * sqrt(0.1017 * 0.8983) / sqrt(40) = 14 points are chance.
    play.quarter(12, 40, 9, 0).settle(12);
    assertThat(play.open()).as("22.5 %").isEmpty();

    play.quarter(13, 40, 11, 0).settle(13);

    assertThat(play.open()).as("27.5 %").hasSize(1);
    Alert alert = play.alerts.get(0);
    // 57 of 520 with the quarter in between, which is the past by now: 11 %, and 26 % at most.
    assertThat(alert.title().en()).isEqualTo("billing 28 of 40, usual 11, at most 26, 13 quarters");
    assertThat(alert.queue()).isEqualTo("billing");
    assertThat(alert.customerId()).isNull();
  }

  @Test
  void aQuarterIsJudgedWhenItHasSettledAndOnce() {
    WatchPlay play = steady(WatchPlay.of(RULE), 12, 40, 4).quarter(12, 40, 30, 0);
    play.until(13 * 15 + 4);
    assertThat(play.open()).isEmpty();

    play.until(13 * 15 + 5).quarter(12, 40, 35, 0).settle(12).settle(20);
    assertThat(play.open()).hasSize(1);
    assertThat(play.alerts.get(0).title().en()).startsWith("billing 75 of 40");
  }

  @Test
  void aQueueThatIsAlwaysBadIsInLineWithItsPast() {
    WatchPlay play = steady(WatchPlay.of(RULE), 30, 40, 16);

    assertThat(play.open()).isEmpty();
  }

  @Test
  void aQueueWhoseQuartersAreFarApartIsAllowedMoreThanChanceMakes() {
    WatchPlay play = WatchPlay.of(RULE);
    for (int n = 0; n < 20; n++) {
      play.quarter(n, 400, n % 2 == 0 ? 20 : 140, 0).settle(n);
    }
    // 20 % are usual and of 400 contacts 6 points would be chance, but 5 % and 35 % take turns.
    play.quarter(20, 400, 160, 0).settle(20);

    assertThat(play.open()).isEmpty();
  }

  @Test
  void aFewContactsOrAShortPastSayNothing() {
    assertThat(steady(WatchPlay.of(RULE), 12, 40, 4).quarter(12, 19, 19, 0).settle(12).open())
        .isEmpty();
    assertThat(steady(WatchPlay.of(RULE), 11, 40, 4).quarter(11, 40, 40, 0).settle(11).open())
        .isEmpty();
    assertThat(steady(WatchPlay.of(RULE), 12, 4, 0).quarter(12, 40, 40, 0).settle(12).open())
        .as("four contacts a quarter are no past")
        .isEmpty();
  }

  @Test
  void whatIsBeyondChanceAndYetSmallIsNotWorthAnAlert() {
    WatchPlay play = steady(WatchPlay.of(RULE), 20, 4_000, 400);

    // 3 * 0.3 / sqrt(4,000) = 1.4 points are chance, but 10 points are asked for.
    assertThat(play.quarter(20, 4_000, 760, 0).settle(20).open()).isEmpty();
    assertThat(play.quarter(21, 4_000, 880, 0).settle(21).open()).hasSize(1);
  }

  @Test
  void aTroubleThatLastsIsOneAlertForTheCooldown() {
    WatchPlay play = steady(WatchPlay.of(RULE), 96, 40, 4);
    for (int n = 96; n < 102; n++) {
      play.quarter(n, 40, 20, 0).settle(n);
    }

    assertThat(play.open()).as("at the ends of the quarters 96 and 100").hasSize(2);
  }

  @Test
  void onlyWhatIsWorseCounts() {
    assertThat(steady(WatchPlay.of(RULE), 12, 40, 20).quarter(12, 40, 0, 0).settle(12).open())
        .isEmpty();
    String sentiment = RULE.replace("abandonmentRate", "sentiment");
    WatchPlay play = WatchPlay.of(sentiment);
    for (int n = 0; n < 12; n++) {
      play.quarter(n, 40, 0, -0.1).settle(n);
    }
    assertThat(play.quarter(12, 40, 0, 0.9).settle(12).open()).isEmpty();
    assertThat(play.quarter(13, 40, 0, -0.6).settle(13).open()).hasSize(1);
    assertThat(play.alerts.get(0).title().en()).startsWith("billing -0.6 of 40, usual -0.02");
  }

  @Test
  void inWhateverOrderTheQuartersComeBeforeTheClockTheAlertsAreTheSame() {
    for (int i = 0; i < 100; i++) {
      Random random = new Random(SEED + i);
      int[] abandoned = new int[60];
      List<Integer> order = new ArrayList<>();
      WatchPlay live = WatchPlay.of(RULE);
      for (int n = 0; n < abandoned.length; n++) {
        abandoned[n] = random.nextInt(10) == 0 ? 30 : random.nextInt(8);
        order.add(n);
        live.quarter(n, 40, abandoned[n], 0).settle(n);
      }
      Collections.shuffle(order, random);
      WatchPlay ahead = WatchPlay.of(RULE);
      order.forEach(n -> ahead.quarter(n, 40, abandoned[n], 0).quarter(n, 40, abandoned[n], 0));
      ahead.settle(abandoned.length);

      assertThat(ahead.alerts).as("seed %d", SEED + i).isEqualTo(live.alerts).isNotEmpty();
    }
  }

  @Test
  void aWeekIsKept() {
    WatchPlay play = steady(WatchPlay.of(RULE), 2_000, 40, 4);

    assertThat(play.past.quarters).hasSize(7 * 24 * 4 + 1);
  }

  @Test
  void theSpreadIsTheMedianMovingRangeOrChanceIfThatIsMore() {
    List<QueueQuarter> past = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      QueueQuarter quarter = new QueueQuarter();
      quarter.startMs = n;
      quarter.offered = 100;
      quarter.abandoned = n % 2 == 0 ? 10 : 30;
      past.add(quarter);
    }
    Usual usual = Usual.of(past, Watch.Figure.ABANDONMENT_RATE);

    // 10 + 30 + 10 + 30 + 10 of 500; each is 0.2 * sqrt(100) = 2 from the next.
    assertThat(usual.mean()).isEqualTo(0.18);
    assertThat(usual.spread()).isCloseTo(2 / 0.954, within(1e-9));
    assertThat(usual.limit(Watch.Figure.ABANDONMENT_RATE, 3, 100))
        .isCloseTo(0.18 + 3 * 2 / 0.954 / 10, within(1e-9));

    past.forEach(quarter -> quarter.abandoned = 0);
    // One of each outcome added: 1 of 502.
    assertThat(Usual.of(past, Watch.Figure.ABANDONMENT_RATE).spread())
        .isCloseTo(Math.sqrt(1.0 / 502 * 501 / 502), within(1e-9));
  }

  private static WatchPlay steady(WatchPlay play, int quarters, long contacts, long abandoned) {
    for (int n = 0; n < quarters; n++) {
      play.quarter(n, contacts, abandoned, 0).settle(n);
    }
    return play;
  }
}
