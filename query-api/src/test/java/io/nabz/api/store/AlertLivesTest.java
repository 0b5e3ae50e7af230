package io.nabz.api.store;

import static io.nabz.api.Samples.TEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.HandClock;
import io.nabz.api.Samples;
import io.nabz.model.Alert;
import io.nabz.model.AlertAction;
import io.nabz.model.AlertAction.Kind;
import io.nabz.model.AlertState;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertLivesTest {
  private static final Instant A_MINUTE_LATER = TEN.plusSeconds(60);

  @TempDir Path dir;
  private final HandClock clock = new HandClock(TEN);
  private ViewStore store;
  private long nextOffset;

  @BeforeEach
  void open() {
    store = ViewStore.open(dir, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anActionMovesTheAlertInTheLogOfChangesAndStaysOverTheStreamsWord() {
    apply(alert("a"), alert("b"));
    Position before = store.alertPosition();
    ViewChanges changes = apply(action("1", "a", Kind.ACKNOWLEDGE, "sara", null));
    assertThat(changes.actions()).singleElement().matches(result -> result.refusal() == null);
    assertThat(changes.alerts())
        .singleElement()
        .satisfies(c -> assertThat(c.alert().state()).isEqualTo(AlertState.ACKNOWLEDGED));
    assertThat(store.alertChanges("default", AlertQuery.ALL, before, 10, position -> null).items())
        .hasSize(1);

    // The stream says it again, and then that the queue is another one: people's word stays.
    assertThat(apply(alert("a")).alerts()).isEmpty();
    assertThat(store.alert("default", "a").orElseThrow().alert().assignee()).isEqualTo("sara");
    apply(record(Topic.ALERTS, "default/C-1", retracted("a")));
    ServedAlert retracted = store.alert("default", "a").orElseThrow();
    assertThat(retracted.alert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(retracted.handling().history()).hasSize(1);
    assertThat(store.alert("other", "a")).isEmpty();
  }

  @Test
  void anActionThatIsReadBeforeItsAlertIsKeptForIt() {
    ViewChanges changes = apply(action("1", "a", Kind.ACKNOWLEDGE, "sara", null));
    assertThat(changes.alerts()).isEmpty();
    assertThat(changes.actions().get(0).alert()).isNull();
    apply(alert("a"));
    assertThat(store.alert("default", "a").orElseThrow().alert().assignee()).isEqualTo("sara");
  }

  @Test
  void theSecondOfTwoIsRefusedAndChangesNothing() {
    apply(alert("a"));
    ViewChanges both =
        apply(
            action("1", "a", Kind.ACKNOWLEDGE, "sara", null),
            action("2", "a", Kind.ACKNOWLEDGE, "reza", null));
    assertThat(both.actions()).extracting(ActionResult::refusal).first().isNull();
    assertThat(both.actions().get(1).refusal()).contains("sara");
    assertThat(both.alerts()).hasSize(1);
  }

  @Test
  void aSnoozedAlertWakesWhenItsTimeHasComeAlsoAfterARestart() {
    apply(alert("a"), action("1", "a", Kind.SNOOZE, "sara", A_MINUTE_LATER));
    assertThat(store.wake()).isEmpty();
    store.close();
    clock.now = A_MINUTE_LATER;
    open();
    List<AlertChange> woken = store.wake();
    assertThat(woken).singleElement().matches(c -> c.alert().state() == AlertState.SEEN);
    assertThat(store.wake()).isEmpty();

    // Snoozed again and taken before its time: there is nothing to wake.
    Instant later = A_MINUTE_LATER.plusSeconds(60);
    apply(
        action("2", "a", Kind.SNOOZE, "sara", later),
        action("3", "a", Kind.ACKNOWLEDGE, "sara", null));
    clock.now = later;
    assertThat(store.wake()).isEmpty();
  }

  @Test
  void viewsBuiltAnewHoldTheSame() {
    apply(alert("a"), action("1", "a", Kind.ACKNOWLEDGE, "sara", null));
    store.rebuild(Topic.ALERTS);
    assertThat(store.alert("default", "a")).isEmpty();
    apply(alert("a"));
    assertThat(store.alert("default", "a").orElseThrow().alert().assignee()).isEqualTo("sara");
    store.rebuild(Topic.ALERT_ACTIONS);
    assertThat(store.offset(Topic.ALERTS, 0)).isEmpty();
    apply(alert("a"));
    assertThat(store.alert("default", "a").orElseThrow().handling()).isNull();
  }

  @Test
  void aForgottenCustomersAlertsLeaveNothing() {
    apply(alert("a"), action("1", "a", Kind.SNOOZE, "sara", A_MINUTE_LATER));
    apply(record(Topic.ALERTS, "default/C-1", null));
    apply(alert("a"));
    assertThat(store.alert("default", "a").orElseThrow().handling()).isNull();
    clock.now = A_MINUTE_LATER;
    assertThat(store.wake()).isEmpty();
  }

  private ViewChanges apply(ViewRecord... records) {
    return store.apply(Arrays.asList(records));
  }

  private ViewRecord alert(String id) {
    return record(Topic.ALERTS, "default/C-1", Json.bytes(Samples.alert(id, "C-1")));
  }

  private static byte[] retracted(String id) {
    Alert alert = Samples.in(AlertState.RETRACTED, Samples.alert(id, "C-1"));
    return Json.bytes(alert);
  }

  private ViewRecord action(String id, String alertId, Kind kind, String by, Instant until) {
    AlertAction action = new AlertAction(id, alertId, kind, by, false, TEN, null, until, null);
    return record(Topic.ALERT_ACTIONS, "default/" + alertId, Json.bytes(action));
  }

  private ViewRecord record(Topic topic, String key, byte[] value) {
    return new ViewRecord(topic, 0, nextOffset++, key.getBytes(UTF_8), value);
  }
}
