package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.intake.EventIntake;
import io.nabz.kpi.Fact;
import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.PaneBatch;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.Share;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.KpiFigures;
import io.nabz.testkit.Events;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KpiOperatorsTest {
  private static final JobOptions OPTIONS = JobOptions.of("nowhere:9092");
  private static final KpiPolicy POLICY = OPTIONS.kpi();
  private static final Events CUSTOMER = Events.of("C-1");
  private static final long T0 = START.toEpochMilli();
  private static final long HALF_AN_HOUR = Duration.ofMinutes(30).toMillis();
  private static final long A_YEAR_AND_MORE = Duration.ofDays(900).toMillis();

  private final EventIntake intake = new EventIntake("IR");
  private final PaneBatch batch = new PaneBatch(POLICY.zone());
  private KeyedOneInputStreamOperatorTestHarness<String, Fact, Share> subjects;
  private KeyedOneInputStreamOperatorTestHarness<String, PaneDelta, Outbound> panes;

  @BeforeEach
  void open() throws Exception {
    subjects = subjects();
    subjects.open();
    panes = panes();
    panes.open();
  }

  @AfterEach
  void close() throws Exception {
    subjects.close();
    panes.close();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Fact, Share> subjects()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Fact, Share> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new ClockedProcessOperator<>(new KpiSubjects(POLICY), OPTIONS),
            f -> f.subject,
            Types.STRING);
    harness.setProcessingTime(T0);
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, PaneDelta, Outbound> panes()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, PaneDelta, Outbound> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KpiPanes(OPTIONS), d -> d.pane, Types.STRING);
    harness.setProcessingTime(T0);
    return harness;
  }

  @Test
  void subjectsAreForgottenAndTheirTimersWithThem() throws Exception {
    sendEverything();
    // A contact, an agent, a customer with two kinds of news; a case.
    assertThat(keptSubjects()).isEqualTo(4);
    assertThat(subjects.numEventTimeTimers()).isEqualTo(4);

    subjects.processWatermark(T0 + Duration.ofDays(9).toMillis());
    assertThat(keptSubjects()).as("all were heard just now").isEqualTo(4);
    subjects.setProcessingTime(T0 + Duration.ofMinutes(10).toMillis());
    subjects.processWatermark(T0 + Duration.ofDays(18).toMillis());
    assertThat(keptSubjects()).as("the open case").isEqualTo(1);

    subjects.processWatermark(T0 + A_YEAR_AND_MORE);
    assertThat(keptSubjects()).isZero();
    assertThat(subjects.numEventTimeTimers()).isZero();
    assertThat(subjects.numProcessingTimeTimers()).isZero();
  }

  @Test
  void panesAreClosedTakenFromTheTopicAndLeaveNoTimer() throws Exception {
    sendEverything();
    forward();
    panes.setProcessingTime(T0 + 500);
    int told = out().size();
    panes.prepareSnapshotPreBarrier(1);
    assertThat(out()).as("all had been told before the checkpoint").hasSize(told);
    assertThat(panes.numKeyedStateEntries()).isPositive().isEqualTo(told);
    panes.processWatermark(T0 + Duration.ofDays(3).toMillis());
    assertThat(out()).as("a pane of now is kept while something is in it").hasSize(told);

    subjects.setProcessingTime(T0 + Duration.ofMinutes(10).toMillis());
    subjects.processWatermark(T0 + A_YEAR_AND_MORE);
    forward();
    panes.processWatermark(T0 + 2 * A_YEAR_AND_MORE);
    panes.prepareSnapshotPreBarrier(2);

    assertThat(panes.numKeyedStateEntries()).isZero();
    assertThat(panes.numEventTimeTimers()).isZero();
    assertThat(panes.numProcessingTimeTimers()).isZero();
    assertThat(out().stream().filter(o -> o.value == null).map(KpiOperatorsTest::key).distinct())
        .hasSameElementsAs(out().stream().map(KpiOperatorsTest::key).distinct().toList());
  }

  @Test
  void aBurstIsToldOnceInHalfASecond() throws Exception {
    for (int i = 0; i < 100; i++) {
      send(CUSTOMER.after(Duration.ofSeconds(i)).call("k-" + i));
      forward();
    }
    assertThat(out()).isEmpty();

    panes.setProcessingTime(T0 + 500);

    List<Outbound> totals = of("default/total/1d@2026-11-22T00:00:00Z");
    assertThat(totals).hasSize(1);
    assertThat(figures(totals.get(0)).contacts().begun()).isEqualTo(100);
  }

  @Test
  void aReplayAfterAFailureRepeatsTheFiguresAndTheirVersion() throws Exception {
    send(CUSTOMER.call("k-1"));
    forward();
    subjects.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState subjectsBefore = subjects.snapshot(1, 1);
    panes.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState panesBefore = panes.snapshot(1, 1);
    panes.getOutput().clear();
    send(CUSTOMER.call("k-2"));
    forward();
    panes.setProcessingTime(T0 + 500);
    KpiFigures first = figures(of("default/total/1d@2026-11-22T00:00:00Z").get(0));
    close();

    subjects = subjects();
    subjects.initializeState(subjectsBefore);
    subjects.open();
    panes = panes();
    panes.initializeState(panesBefore);
    panes.open();
    send(CUSTOMER.call("k-2"));
    forward();
    panes.setProcessingTime(T0 + 1_000);

    assertThat(figures(of("default/total/1d@2026-11-22T00:00:00Z").get(0))).isEqualTo(first);
    assertThat(first.contacts().begun()).isEqualTo(2);
  }

  @Test
  void anErasedCustomersVisitsAreGoneFromStateAndTheRestIsForgottenInTime() throws Exception {
    send(CUSTOMER.call("k-1"));
    send(
        CUSTOMER
            .after(Duration.ofMinutes(1))
            .event("gone", EventTypes.CUSTOMER_ERASED, Events.data()));
    forward();
    send(CUSTOMER.after(Duration.ofMinutes(2)).call("k-2"));
    forward();
    panes.setProcessingTime(T0 + 2_000);

    List<Outbound> days = of("default/total/1d@2026-11-22T00:00:00Z");
    KpiFigures day = figures(days.get(days.size() - 1));
    assertThat(day.contacts().begun()).as("figures name nobody and stay").isEqualTo(2);
    assertThat(day.repeats().within24h()).as("nobody remembers the first call").isZero();
    subjects.setProcessingTime(T0 + Duration.ofMinutes(10).toMillis());
    subjects.processWatermark(T0 + Duration.ofDays(9).toMillis());
    assertThat(keptSubjects()).isZero();
  }

  @Test
  void historyIsNotForgottenWhileItIsBeingImported() throws Exception {
    subjects.processWatermark(T0);
    Events longAgo = CUSTOMER.at(START.minus(Duration.ofDays(9_000)));
    send(longAgo.call("k"));
    subjects.processWatermark(T0 + 60_000);

    assertThat(keptSubjects()).as("contact and customer").isEqualTo(2);
  }

  @Test
  void aPaneOfNowThatWasEmptyBeforeThereWasAClockIsKeptForADay() throws Exception {
    send(CUSTOMER.contact(EventTypes.CONTACT_QUEUED, "k-1"));
    send(CUSTOMER.after(Duration.ofSeconds(9)).contact(EventTypes.CONTACT_ABANDONED, "k-1"));
    forward();
    panes.processWatermark(T0);
    panes.processWatermark(T0 + Duration.ofHours(23).toMillis());
    assertThat(out()).extracting(o -> o.value).doesNotContainNull();

    panes.processWatermark(T0 + Duration.ofHours(24).toMillis());
    assertThat(of("default/total/now")).extracting(o -> o.value).containsExactly((byte[]) null);
  }

  @Test
  void whatIsUntoldIsToldAheadOfACheckpoint() throws Exception {
    send(CUSTOMER.call("k-1"));
    forward();
    panes.prepareSnapshotPreBarrier(1);

    assertThat(of("default/total/1d@2026-11-22T00:00:00Z")).hasSize(1);
  }

  @Test
  void onASilentTopicACartIsAbandonedByTheWallClock() throws Exception {
    subjects.processWatermark(T0);
    send(CUSTOMER.cartItemAdded("c", "shoes", 5));
    forward();
    subjects.processWatermarkStatus(WatermarkStatus.IDLE);
    subjects.setProcessingTime(T0 + HALF_AN_HOUR - 1_000);
    forward();
    assertThat(carts().settled()).isZero();

    subjects.setProcessingTime(T0 + HALF_AN_HOUR + 1_000);
    forward();
    assertThat(carts().abandoned()).isEqualTo(1);
  }

  @Test
  void aRestartThatSleptThroughTheHalfHourStillSettlesTheCart() throws Exception {
    subjects.processWatermark(T0);
    send(CUSTOMER.cartItemAdded("c", "shoes", 5));
    forward();
    subjects.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState checkpoint = subjects.snapshot(1, 1);
    subjects.close();

    subjects = subjects();
    subjects.setProcessingTime(T0 + 2 * HALF_AN_HOUR);
    subjects.initializeState(checkpoint);
    subjects.open();
    subjects.processWatermarkStatus(WatermarkStatus.IDLE);
    subjects.setProcessingTime(T0 + 2 * HALF_AN_HOUR + 6_000);
    forward();

    assertThat(carts().abandoned()).isEqualTo(1);
  }

  /** As a checkpoint would find them. */
  private int keptSubjects() throws Exception {
    subjects.prepareSnapshotPreBarrier(1);
    return subjects.numKeyedStateEntries();
  }

  private KpiFigures.Carts carts() throws Exception {
    panes.setProcessingTime(panes.getProcessingTime() + 1_000);
    List<Outbound> days = of("default/total/1d@2026-11-22T00:00:00Z");
    return figures(days.get(days.size() - 1)).carts();
  }

  @Test
  void theLongestWaitGrowsOnASilentTopicAndEndsWithTheWait() throws Exception {
    panes.processWatermark(T0);
    send(CUSTOMER.contact(EventTypes.CONTACT_QUEUED, "k-1"));
    forward();
    panes.processWatermarkStatus(WatermarkStatus.IDLE);

    passUntil(T0 + 100_000);
    List<Outbound> told = of("default/total/now");
    KpiFigures.Live live = figures(told.get(told.size() - 1)).now();
    assertThat(live.waitingSince()).isEqualTo(START);
    assertThat(live.longestWaitSeconds()).isBetween(98.0, 100.0);
    assertThat(live.asOf()).isEqualTo(START.plusMillis((long) (live.longestWaitSeconds() * 1000)));
    assertThat(told).as("once a second").hasSizeBetween(90, 101);

    send(CUSTOMER.after(Duration.ofSeconds(100)).contact(EventTypes.CONTACT_CONNECTED, "k-1"));
    forward();
    passUntil(T0 + 200_000);
    told = of("default/total/now");
    assertThat(figures(told.get(told.size() - 1)).now().longestWaitSeconds()).isNull();
    assertThat(told).as("and then there is nothing to tell").hasSizeBetween(90, 103);
    assertThat(panes.numEventTimeTimers()).as("what is left closes panes").isLessThan(20);
  }

  private void passUntil(long wallMs) throws Exception {
    for (long at = panes.getProcessingTime(); at < wallMs; at += 500) {
      panes.setProcessingTime(at);
    }
    panes.setProcessingTime(wallMs);
  }

  @Test
  void aWaitGoesOnGrowingAfterARestart() throws Exception {
    panes.processWatermark(T0);
    send(CUSTOMER.contact(EventTypes.CONTACT_QUEUED, "k-1"));
    forward();
    panes.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState checkpoint = panes.snapshot(1, 1);
    panes.close();

    panes = panes();
    panes.setProcessingTime(T0 + 60_000);
    panes.initializeState(checkpoint);
    panes.open();
    panes.processWatermarkStatus(WatermarkStatus.IDLE);
    panes.setProcessingTime(T0 + 70_000);

    List<Outbound> told = of("default/total/now");
    assertThat(figures(told.get(told.size() - 1)).now().longestWaitSeconds()).isBetween(68.0, 70.0);
  }

  @Test
  void sumsGoOutAheadOfACheckpointAndOnTheirOwnAfterAMoment() throws Exception {
    try (OneInputStreamOperatorTestHarness<Share, PaneDelta> sums =
        new OneInputStreamOperatorTestHarness<>(new KpiSums(POLICY))) {
      sums.setProcessingTime(T0);
      sums.open();
      send(CUSTOMER.call("k-1"));
      for (Share share : subjects.extractOutputValues()) {
        sums.processElement(share, T0);
      }
      assertThat(sums.extractOutputValues()).isEmpty();
      sums.prepareSnapshotPreBarrier(1);
      // Total and channel, a quarter, an hour and a day each.
      assertThat(sums.extractOutputValues()).hasSize(2 * 3);

      sums.processElement(subjects.extractOutputValues().get(0), T0);
      sums.setProcessingTime(T0 + 400);
      assertThat(sums.extractOutputValues()).hasSize(2 * 2 * 3);
    }
  }

  private void sendEverything() throws Exception {
    send(CUSTOMER.contact(EventTypes.CONTACT_QUEUED, "k-1"));
    send(CUSTOMER.cartItemAdded("c", "shoes", 5));
    send(agent("available"));
    send(CUSTOMER.event("x", "case.opened", Events.data().put("caseId", "x-1")));
  }

  private static Event agent(String state) {
    return new Event(
        "default",
        "/acd",
        state,
        EventTypes.AGENT_STATE_CHANGED,
        START,
        null,
        Events.data().put("agentId", "a-1").put("state", state));
  }

  private void send(Event event) throws Exception {
    for (Fact fact :
        intake.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "t/0/0").facts) {
      subjects.processElement(fact, fact.timeMs);
    }
  }

  /** What the subjects have said goes on to the panes. */
  private void forward() throws Exception {
    List<Share> shares = new ArrayList<>(subjects.extractOutputValues());
    subjects.getOutput().clear();
    shares.forEach(batch::add);
    for (PaneDelta delta : batch.drain()) {
      panes.processElement(delta, T0);
    }
  }

  private List<Outbound> out() {
    return panes.extractOutputValues();
  }

  private List<Outbound> of(String key) {
    return out().stream().filter(o -> key(o).equals(key)).toList();
  }

  private static String key(Outbound out) {
    return new String(out.key, StandardCharsets.UTF_8);
  }

  private static KpiFigures figures(Outbound out) throws Exception {
    return Json.read(out.value, KpiFigures.class);
  }
}
