package io.nabz.api.store;

import static io.nabz.api.SegmentSamples.customer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.HandClock;
import io.nabz.api.Samples;
import io.nabz.model.Json;
import io.nabz.model.Redirect;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentMovesTest {
  private static final Instant START = Samples.TEN;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final WatchedSegment GOLD =
      new WatchedSegment("gold", "r1", (fields, now) -> "gold".equals(fields.tier()), List.of());
  private static final WatchedSegment LATELY =
      new WatchedSegment(
          "lately",
          "r1",
          (fields, now) ->
              fields.lastContactAt() != null && fields.lastContactAt().isAfter(now.minus(HOUR)),
          List.of(HOUR));

  @TempDir Path dir;
  private final HandClock clock = new HandClock(START);
  private ViewStore store;
  private long offset;

  @BeforeEach
  void open() {
    store = ViewStore.open(dir, clock);
    store.watch(() -> Map.of("default", List.of(GOLD, LATELY)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whoComesIntoASegmentAndWhoLeavesIsNotedOnceAChange() {
    put(customer("C-1", 1, "silver", null));
    put(customer("C-1", 2, "gold", null));
    put(customer("C-1", 3, "gold", null));
    put(customer("C-1", 3, "gold", null));
    put(customer("C-1", 4, "silver", null));
    put(customer("C-2", 1, "gold", null));
    apply("other/C-9", Json.bytes(customer("C-9", 1, "gold", null)));

    assertThat(told()).containsExactly("C-1 2 +gold", "C-1 4 -gold", "C-2 1 +gold");
    assertThat(store.segmentMoves(10).get(0).getValue().at())
        .as("the time of the snapshot, not of the clock")
        .isEqualTo(Samples.TEN.plusSeconds(2));
  }

  @Test
  void whatWasNotToldBeforeAKillIsToldAfterItUnderTheSameId() {
    put(customer("C-1", 1, "gold", null));
    put(customer("C-2", 1, "gold", null));
    List<Map.Entry<Long, SegmentMove>> before = store.segmentMoves(10);
    store.segmentMovesTold(before.get(0).getKey());
    close();
    open();
    assertThat(store.segmentMoves(10)).isEqualTo(before.subList(1, 2));
    assertThat(before.get(0).getValue().eventId()).isNotEqualTo(before.get(1).getValue().eventId());
    put(customer("C-3", 1, "gold", null));
    assertThat(told()).containsExactly("C-2 1 +gold", "C-3 1 +gold");
  }

  @Test
  void timeAloneTakesCustomersOutAlsoWhileNobodyWatched() {
    put(customer("C-1", 1, null, START.minusSeconds(60)));
    put(customer("C-2", 1, null, START.minus(HOUR).minusSeconds(1)));
    assertThat(told()).containsExactly("C-1 1 +lately");
    clock.now = START.plus(HOUR).minusSeconds(61);
    store.passSegmentTime();
    assertThat(told()).hasSize(1);
    close();
    clock.now = START.plus(HOUR).plus(HOUR);
    open();
    store.passSegmentTime();
    store.passSegmentTime();
    assertThat(told()).containsExactly("C-1 1 +lately", "C-1 1 -lately");
    put(customer("C-1", 2, null, clock.now));
    assertThat(told()).hasSize(3).last().isEqualTo("C-1 2 +lately");
  }

  @Test
  void aContactThatIsNewerInTheMeantimeKeepsTheCustomerIn() {
    put(customer("C-1", 1, null, START.minusSeconds(60)));
    put(customer("C-1", 2, null, START));
    clock.now = START.plus(HOUR).minusSeconds(30);
    store.passSegmentTime();
    assertThat(told()).containsExactly("C-1 1 +lately");
  }

  @Test
  void aViewThatIsBuiltAnewTellsNothingAgain() {
    put(customer("C-1", 1, "gold", null));
    store.segmentMovesTold(store.segmentMoves(10).get(0).getKey());
    store.rebuild(Topic.SNAPSHOTS);
    store.segmentsAreQuietUntil(0, 1);
    offset = 0;
    put(customer("C-1", 1, "gold", null));
    assertThat(told()).isEmpty();
    put(customer("C-1", 2, "silver", null));
    assertThat(told()).containsExactly("C-1 2 -gold");
  }

  @Test
  void whoIsForgottenOrTurnsOutToBeSomebodyElseLeavesSilently() {
    put(customer("C-1", 1, "gold", null));
    put(customer("~v", 1, "gold", null));
    apply("default/C-1", null);
    apply("default/~v", Json.bytes(new Redirect("~v", 2, START, "C-2")));
    assertThat(told()).containsExactly("C-1 1 +gold", "~v 1 +gold");
    assertThat(store.segmentMoves(10).get(1).getValue().identifiers())
        .as("one who is known by nothing better")
        .containsKey("phone");
    assertThat(store.segmentMoves(10).get(0).getValue().identifiers()).isEmpty();
  }

  private List<String> told() {
    return store.segmentMoves(100).stream()
        .map(Map.Entry::getValue)
        .map(
            move ->
                "%s %d %s%s"
                    .formatted(
                        move.customerId(),
                        move.version(),
                        move.entered() ? "+" : "-",
                        move.segmentId()))
        .toList();
  }

  private void put(Snapshot snapshot) {
    apply("default/" + snapshot.customerId(), Json.bytes(snapshot));
  }

  private void apply(String key, byte[] value) {
    store.apply(List.of(new ViewRecord(Topic.SNAPSHOTS, 0, offset++, key.getBytes(UTF_8), value)));
  }
}
