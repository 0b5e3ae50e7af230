package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import io.nabz.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerOperatorTest {
  private static final JobOptions OPTIONS =
      JobOptions.from(
          Map.of(
              JobOptions.BOOTSTRAP_SERVERS.key(), "nowhere:9092",
              // Room for a few customers only, so that they make room for each other.
              JobOptions.HOT_CUSTOMERS.key(), "32 kb"));
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Event SHOES = CUSTOMER.cartItemAdded("add", "shoes", 900);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

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
  void everyEventGivesASnapshotUnderTheCustomersKey() throws Exception {
    harness.send(CUSTOMER.call("k"));

    Outbound out = onlySnapshot();
    assertThat(new String(out.key)).isEqualTo("default/C-1");
    assertThat(Json.read(out.value, Snapshot.class).currentActivity().contacts()).hasSize(1);
  }

  @Test
  void aDuplicateGivesNothing() throws Exception {
    harness.send(CUSTOMER.call("k"));
    harness.getOutput().clear();

    harness.send(CUSTOMER.call("k"));

    assertThat(harness.getOutput()).isEmpty();
  }

  @Test
  void ofABurstTheFirstSnapshotGoesAtOnceAndTheLastSoonAfter() throws Exception {
    harness.send(CUSTOMER.call("k-1"));
    harness.send(CUSTOMER.after(Duration.ofSeconds(1)).call("k-2"));
    harness.send(CUSTOMER.after(Duration.ofSeconds(2)).call("k-3"));
    assertThat(harness.newestSnapshot().history().contacts()).hasSize(1);
    assertThat(harness.alerts()).as("an alert never waits").hasSize(1);

    harness.clock(START.plusMillis(49));
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).hasSize(1);
    harness.clock(START.plusMillis(50));
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).hasSize(2);
    assertThat(harness.newestSnapshot().history().contacts()).hasSize(3);

    harness.clock(START.plusMillis(1_000));
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).as("nothing has changed since").hasSize(2);
  }

  @Test
  void whileTheStreamIsBehindASnapshotMayBeLaterByHalfOfItsDelay() throws Exception {
    harness.clock(START.plusSeconds(4));
    for (int call = 1; call <= 3; call++) {
      Event late = CUSTOMER.after(Duration.ofMillis(call)).call("k-" + call);
      harness.send(harness.intake(late, START));
    }
    assertThat(harness.alerts()).as("an alert never waits").hasSize(1);
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).isEmpty();

    for (int ms = 4_400; ms < 6_000; ms += 400) {
      harness.clock(START.plusMillis(ms));
      Event late = Events.of("C-2").after(Duration.ofMillis(ms)).call("k-" + ms);
      harness.send(harness.intake(late, START));
    }
    harness.clock(START.plusMillis(5_999));
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).isEmpty();
    harness.clock(START.plusMillis(6_000));
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).hasSize(1);
    assertThat(harness.newestSnapshot().history().contacts()).hasSize(3);
  }

  @Test
  void nobodyWaitsForAStreamThatHasCaughtUp() throws Exception {
    harness.clock(START.plus(Duration.ofMinutes(10)));
    harness.send(harness.intake(CUSTOMER.call("k-1"), START));

    harness.clock(START.plus(Duration.ofMinutes(10)).plusMillis(499));
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).as("more may be late").isEmpty();
    harness.clock(START.plus(Duration.ofMinutes(10)).plusMillis(500));
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).hasSize(1);
  }

  @Test
  void whoWaitsAndHasToMakeRoomIsWrittenFirst() throws Exception {
    int customers = 40;
    harness.clock(START.plus(Duration.ofMinutes(10)));
    for (int call = 0; call < 2; call++) {
      for (int i = 0; i < customers; i++) {
        Event late =
            Events.of("C-" + i).after(Duration.ofSeconds(call)).call("k-" + i + "-" + call);
        harness.send(harness.intake(late, START));
      }
    }
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).as("more than fit have come").isNotEmpty();

    harness.clock(START.plus(Duration.ofMinutes(11)));
    assertThat(newestSnapshots()).hasSize(customers);
    assertThat(newestSnapshots().values())
        .allMatch(snapshot -> snapshot.history().contacts().size() == 2);
  }

  @Test
  void whatWaitsGoesBeforeACheckpointAndIsInIt() throws Exception {
    harness.send(CUSTOMER.call("k-1"));
    harness.send(CUSTOMER.after(Duration.ofSeconds(1)).call("k-2"));

    OperatorSubtaskState checkpoint = harness.checkpoint();
    assertThat(harness.newestSnapshot().history().contacts()).hasSize(2);
    harness = harness.failAndResume(checkpoint, START);
    harness.send(CUSTOMER.after(Duration.ofSeconds(2)).call("k-3"));
    assertThat(harness.newestSnapshot().history().contacts()).hasSize(3);
  }

  @Test
  void aCustomerWhoHadToMakeRoomIsReadAgain() throws Exception {
    int customers = 40;
    for (int call = 0; call < 3; call++) {
      for (int i = 0; i < customers; i++) {
        harness.send(
            Events.of("C-" + i).after(Duration.ofMinutes(call)).call("k-" + i + "-" + call));
      }
      harness.clock(START.plusSeconds(call + 1));
    }

    assertThat(newestSnapshots()).hasSize(customers);
    assertThat(newestSnapshots().values())
        .allMatch(snapshot -> snapshot.history().contacts().size() == 3);
  }

  @Test
  void anErasedCustomerLeavesATombstoneAndNoTimerBeyondTheMonth() throws Exception {
    harness.send(CUSTOMER.call("k"));
    harness.getOutput().clear();

    harness.send(
        CUSTOMER.after(Duration.ofMinutes(1)).event("e", "customer.erased", Events.data()));

    assertThat(onlySnapshot().value).isNull();
    for (Topic topic : List.of(Topic.ALERTS, Topic.TIMELINE)) {
      assertThat(harness.extractOutputValues())
          .filteredOn(out -> out.goesTo(topic))
          .as(topic + ": the last word is a tombstone")
          .last()
          .satisfies(out -> assertThat(out.value).isNull());
    }
    harness.watermark(START.plus(Duration.ofDays(31)));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void theWatermarkAbandonsTheCart() throws Exception {
    harness.send(SHOES);

    harness.watermark(START.plus(HALF_AN_HOUR).minusMillis(1));
    assertThat(harness.alerts()).isEmpty();

    harness.watermark(START.plus(HALF_AN_HOUR));
    assertThat(harness.alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void onASilentTopicTheWallClockAbandonsTheCart() throws Exception {
    harness.watermark(START);
    harness.send(SHOES);
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);

    harness.clock(START.plus(HALF_AN_HOUR).minusMillis(1_000));
    assertThat(harness.alerts()).isEmpty();

    harness.clock(START.plus(HALF_AN_HOUR).plusMillis(1_000));
    assertThat(harness.alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void aRestartThatSleptThroughTheHalfHourStillNotices() throws Exception {
    harness.watermark(START);
    harness.send(SHOES);
    OperatorSubtaskState checkpoint = harness.checkpoint();
    harness = harness.failAndResume(checkpoint, START.plus(Duration.ofHours(1)));
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    harness.clock(START.plus(Duration.ofHours(1)).plusMillis(6_000));

    assertThat(harness.alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void thereIsAtMostOneTimerACustomerAndNoneOnceNothingIsDue() throws Exception {
    harness.send(SHOES);
    harness.send(CUSTOMER.after(Duration.ofMinutes(1)).call("k-1"));
    harness.send(CUSTOMER.after(Duration.ofMinutes(2)).call("k-2"));
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);

    harness.watermark(START.plus(Duration.ofDays(60)));
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    assertThat(harness.numKeyedStateEntries()).as("one record a customer").isEqualTo(1);

    harness.watermark(START.plus(Duration.ofDays(401)));
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
    assertThat(harness.numKeyedStateEntries()).as("forgotten").isZero();
  }

  @Test
  void aReplayOfOldTimesIntoARunningSystemIsNotAgesOfSilence() throws Exception {
    harness.watermark(START);
    Events longAgo = CUSTOMER.at(START.minus(Duration.ofDays(9000)));
    Events tenMinutesLater = CUSTOMER.at(START.minus(Duration.ofDays(9000)).plusSeconds(600));

    harness.send(longAgo.call("a"));
    harness.watermark(START.plusMillis(1_000));
    harness.send(longAgo.call("b"));
    harness.watermark(START.plusMillis(2_000));
    harness.send(tenMinutesLater.call("c"));

    assertThat(harness.alerts()).extracting(Alert::ruleId).containsExactly("repeat-caller");

    harness.watermark(START.plus(Duration.ofHours(25)));
    assertThat(harness.newestSnapshot().flags()).as("a day later it is over").isEmpty();
  }

  @Test
  void whatIsOldWhenItComesRightAfterARestartIsNoSilenceEither() throws Exception {
    harness.watermark(START);
    OperatorSubtaskState checkpoint = harness.checkpoint();
    harness = harness.failAndResume(checkpoint, START);
    harness.send(CUSTOMER.at(START.minus(Duration.ofDays(30))).cartItemAdded("add", "shoes", 900));
    harness.watermark(START.plusMillis(1_000));

    assertThat(harness.alerts()).as("no time has passed for the cart").isEmpty();
    harness.watermark(START.plusMillis(1_000).plus(HALF_AN_HOUR));
    assertThat(harness.alerts()).extracting(Alert::ruleId).containsExactly("cart-abandoned");
  }

  @Test
  void aReplayAfterAFailureRepeatsTheSameAlertIds() throws Exception {
    OperatorSubtaskState before = harness.checkpoint();
    sendThreeCalls();
    List<String> first = harness.alerts().stream().map(Alert::alertId).toList();
    harness = harness.failAndResume(before, START);
    sendThreeCalls();

    assertThat(harness.alerts()).extracting(Alert::alertId).isEqualTo(first).hasSize(1);
  }

  private void sendThreeCalls() throws Exception {
    for (int i = 0; i < 3; i++) {
      harness.send(CUSTOMER.after(Duration.ofMinutes(i)).call("k-" + i));
    }
  }

  private Outbound onlySnapshot() {
    List<Outbound> snapshots = harness.sentTo(Topic.SNAPSHOTS);
    assertThat(snapshots).hasSize(1);
    return snapshots.get(0);
  }

  private Map<String, Snapshot> newestSnapshots() throws IOException {
    Map<String, Snapshot> newest = new HashMap<>();
    for (Outbound out : harness.sentTo(Topic.SNAPSHOTS)) {
      newest.put(new String(out.key, UTF_8), Json.read(out.value, Snapshot.class));
    }
    return newest;
  }
}
