package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.watch.Deviations;
import io.nabz.rules.watch.QueueQuarter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator of rules that watch sources and queues, with those of the catalogue. */
class WatchOperatorTest {
  private static final JobOptions OPTIONS = JobOptions.of("nowhere:9092");
  private static final long SEED = Long.getLong("nabz.kills.seed", 1);
  private static final long T0 = START.toEpochMilli();
  private static final CrowdKey PBX = CrowdKey.ofSource("default", "/pbx/tehran");
  private static final CrowdKey SHOP = CrowdKey.ofSource("default", "/shop");
  private static final CrowdKey BILLING = CrowdKey.ofQueue("default", "billing");

  private KeyedTwoInputStreamOperatorTestHarness<String, WatchRecord, RuleChange, Outbound> harness;

  @BeforeEach
  void open() throws Exception {
    open(null, START);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aFeedThatStopsWhileOthersGoOnIsToldByTheClockUnderAKeyOfItsOwn() throws Exception {
    for (int minute = 0; minute <= 60; minute++) {
      if (minute <= 40) {
        heard(PBX, minute);
      }
      heard(SHOP, minute);
      clock(minute);
    }

    List<Outbound> told = told();
    assertThat(told).hasSize(1);
    assertThat(new String(told.get(0).key, UTF_8)).isEqualTo(PBX.ofAlerts("feed-silent"));
    assertThat(alert(told.get(0)).title().en())
        .isEqualTo("Nothing from /pbx/tehran for 15 minutes");
    assertThat(alert(told.get(0)).title().fa()).contains("/pbx/tehran");
    assertThat(alert(told.get(0)).times().eventAt()).isEqualTo(START.plusSeconds(55 * 60));
  }

  @Test
  void itIsToldOnATopicThatIsSilentAltogether() throws Exception {
    for (int minute = 0; minute <= 40; minute++) {
      heard(PBX, minute);
    }
    clock(40);
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    harness.setProcessingTime(T0 + ms(14));
    assertThat(told()).isEmpty();

    harness.setProcessingTime(T0 + ms(15) + 1_000);
    assertThat(told()).hasSize(1);
  }

  @Test
  void aRestartThatSleptThroughTheSilenceTellsIt() throws Exception {
    for (int minute = 0; minute <= 40; minute++) {
      heard(PBX, minute);
    }
    clock(40);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1);

    open(checkpoint, START.plus(Duration.ofHours(3)));
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    harness.setProcessingTime(T0 + ms(180) + 6_000);

    assertThat(told()).hasSize(1);
  }

  @Test
  void historyMakesNoFeedKnownAndAFeedThatIsLateStillSends() throws Exception {
    for (int minute = 0; minute <= 40; minute++) {
      heard(PBX, minute);
    }
    clock(40);
    for (int minute = -100_000; minute < -99_000; minute++) {
      heard(SHOP, minute);
    }
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    clock(54);
    // A quarter of an hour late, but here.
    heard(PBX, 39);
    clock(68);
    assertThat(told()).isEmpty();

    clock(69);
    assertThat(told()).as("an hour's cooldown, so it is the one").hasSize(1);
  }

  @Test
  void aRestartInTheMiddleOfAnImportStillKnowsThatItIsHistory() throws Exception {
    heard(PBX, 0);
    clock(0);
    open(harness.snapshot(1, 1), START);
    for (int minute = -100_000; minute < -99_000; minute++) {
      heard(SHOP, minute);
    }

    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
  }

  @Test
  void whatWasToldTooEarlyIsTakenBack() throws Exception {
    for (int minute = 0; minute <= 40; minute++) {
      heard(PBX, minute);
    }
    clock(56);
    heard(PBX, 52);

    assertThat(told())
        .extracting(out -> alert(out).state())
        .containsExactly(AlertState.OPEN, AlertState.RETRACTED);
    assertThat(told().get(1).key).isEqualTo(told().get(0).key);
    assertThat(alert(told().get(1)).alertId()).isEqualTo(alert(told().get(0)).alertId());
  }

  @Test
  void aStreamThatEndsHasNotFallenSilent() throws Exception {
    for (int minute = 0; minute <= 40; minute++) {
      heard(PBX, minute);
    }
    harness.processWatermark1(Watermark.MAX_WATERMARK);

    assertThat(told()).isEmpty();
  }

  @Test
  void theRuleIsChangedAndSwitchedOffForATenantWhileItRuns() throws Exception {
    change(
        """
        id: feed-silent
        version: 1
        audience: supervisor
        name: {en: n, fa: ن}
        across: sources
        watch: {silentFor: 5m}
        cooldown: 1h
        then: {title: {en: "{{by}} for {{minutes}}", fa: "{{by}}"}}
        """);
    for (int minute = 0; minute <= 40; minute++) {
      heard(PBX, minute);
    }
    clock(45);
    assertThat(told()).hasSize(1);
    assertThat(alert(told().get(0)).title().en()).isEqualTo("/pbx/tehran for 5");

    open();
    change(
        """
        id: feed-silent
        version: 2
        enabled: false
        audience: supervisor
        name: {en: n, fa: ن}
        across: sources
        watch: {silentFor: 5m}
        cooldown: 1h
        then: {title: {en: "{{by}}", fa: "{{by}}"}}
        """);
    for (int minute = 0; minute <= 40; minute++) {
      heard(PBX, minute);
    }
    clock(600);
    assertThat(told()).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aQueueOutOfLineIsToldOnceItsQuarterHasSettled() throws Exception {
    for (int n = 0; n < 12; n++) {
      quarter(n, 40, 4);
      settle(n);
    }
    quarter(12, 40, 20);
    clock(13 * 15 + 4);
    assertThat(told()).isEmpty();

    settle(12);

    assertThat(told()).hasSize(1);
    assertThat(new String(told().get(0).key, UTF_8))
        .isEqualTo(BILLING.ofAlerts("queue-abandonment-out-of-line"));
    assertThat(alert(told().get(0)).queue()).isEqualTo("billing");
    assertThat(alert(told().get(0)).title().en())
        .isEqualTo("Queue billing: 50 % of 40 contacts gave up, usual is 10 %");
  }

  @Test
  void nothingIsLeftWhenNothingMattersAnyMore() throws Exception {
    heard(PBX, 0);
    heard(SHOP, 0);
    quarter(0, 40, 4);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(3);
    assertThat(harness.numEventTimeTimers()).isEqualTo(3);

    clock(1);
    harness.processWatermark1(new Watermark(T0 + Duration.ofDays(4).toMillis()));
    assertThat(harness.numKeyedStateEntries()).as("the queue's week").isEqualTo(1);
    harness.processWatermark1(new Watermark(T0 + Duration.ofDays(8).toMillis()));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void killsAndRepeatedSignsLeaveTheAlertsTheSame() throws Exception {
    TreeMap<String, AlertState> expected = play(new Random(SEED), 0);
    assertThat(expected).hasSizeGreaterThan(3);

    for (int run = 1; run <= 5; run++) {
      assertThat(play(new Random(SEED + run), 6)).as("seed %d", SEED + run).isEqualTo(expected);
    }
  }

  /** A day with a feed that pauses and a queue with bad quarters; ids with the newest state. */
  private TreeMap<String, AlertState> play(Random random, int kills) throws Exception {
    TreeMap<String, AlertState> alerts = new TreeMap<>();
    open();
    OperatorSubtaskState checkpoint = harness.snapshot(0, 0);
    int checkpointAt = 0;
    int left = kills;
    for (int minute = 0; minute < 24 * 60; minute++) {
      for (int again = random.nextInt(3); again >= 0; again--) {
        if (minute % 200 < 150) {
          heard(PBX, minute);
        }
      }
      if (minute % 15 == 5 && minute > 15) {
        int n = minute / 15 - 1;
        quarter(n, 40, n % 29 == 20 ? 25 : n % 5);
      }
      clock(minute);
      for (Outbound out : told()) {
        alerts.put(alert(out).alertId(), alert(out).state());
      }
      harness.getOutput().clear();
      if (random.nextInt(70) == 0) {
        checkpoint = harness.snapshot(minute + 1L, minute + 1L);
        checkpointAt = minute + 1;
      } else if (left > 0 && random.nextInt(200) == 0) {
        left--;
        open(checkpoint, START);
        minute = checkpointAt - 1;
      }
    }
    return alerts;
  }

  private void open(OperatorSubtaskState from, Instant wall) throws Exception {
    if (harness != null) {
      harness.close();
    }
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new WatchOperator(OPTIONS), record -> record.key, change -> change.key, Types.STRING);
    harness.setProcessingTime(wall.toEpochMilli());
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
  }

  private void change(String rule) throws Exception {
    harness.processElement2(
        new StreamRecord<>(new RuleChange("default/feed-silent", rule.getBytes(UTF_8))));
  }

  private void heard(CrowdKey source, int minute) throws Exception {
    harness.processElement1(
        new StreamRecord<>(WatchRecord.heard(source.toString(), T0 + ms(minute))));
  }

  private void quarter(int n, long offered, long abandoned) throws Exception {
    QueueQuarter quarter = new QueueQuarter();
    quarter.startMs = T0 + ms(15 * n);
    quarter.endMs = quarter.startMs + ms(15);
    quarter.offered = offered;
    quarter.abandoned = abandoned;
    harness.processElement1(new StreamRecord<>(WatchRecord.of(BILLING.toString(), quarter)));
  }

  private void clock(int minute) throws Exception {
    harness.processWatermark1(new Watermark(T0 + ms(minute)));
  }

  private void settle(int n) throws Exception {
    clock(15 * (n + 1) + (int) Deviations.SETTLE.toMinutes());
  }

  private static long ms(int minutes) {
    return Duration.ofMinutes(minutes).toMillis();
  }

  private List<Outbound> told() {
    return new ArrayList<>(
        harness.extractOutputValues().stream().filter(out -> out.goesTo(Topic.ALERTS)).toList());
  }

  private static Alert alert(Outbound out) {
    try {
      return Json.read(out.value, Alert.class);
    } catch (IOException e) {
      throw new AssertionError("an alert is JSON", e);
    }
  }
}
