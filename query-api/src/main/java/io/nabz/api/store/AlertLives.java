package io.nabz.api.store;

import io.nabz.model.AlertAction;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The lives of alerts, as {@code nabz.alert-actions} tells them. An action that comes before its
 * alert is kept for it: the two topics have no order between them.
 */
final class AlertLives {
  static final List<Column> COLUMNS = List.of(Column.ALERT_LIVES);

  /** Under it lie the alerts that sleep, the first to wake first. */
  static final byte[] SNOOZED = Keys.own("snoozed").done();

  private AlertLives() {}

  static AlertLife read(Transaction to, String tenant, String alertId) {
    byte[] json = to.get(Column.ALERT_LIVES, AlertView.idKey(tenant, alertId));
    return json == null ? AlertLife.NONE : parse(json);
  }

  /**
   * Lets an action have its effect, if it still may.
   *
   * @param changes gets the change of the alert, if there is one
   */
  static ActionResult act(
      Transaction to, String tenant, String epoch, AlertAction action, List<AlertChange> changes) {
    AlertLife former = read(to, tenant, action.alertId());
    AlertLife.Verdict verdict = former.after(action);
    if (!verdict.life().equals(former)) {
      write(to, tenant, epoch, action.alertId(), former, verdict.life(), changes);
    }
    return new ActionResult(
        action,
        verdict.refusal(),
        former.seenAt() == null && verdict.life().seenAt() != null,
        AlertView.served(to, tenant, action.alertId()));
  }

  /** Wakes the alerts whose time has come. */
  static List<AlertChange> wake(Transaction to, String epoch, List<Sleeper> sleepers) {
    List<AlertChange> changes = new ArrayList<>();
    for (Sleeper sleeper : sleepers) {
      AlertLife former = read(to, sleeper.tenant(), sleeper.alertId());
      if (former.isSnoozed() && former.snoozedUntil().equals(sleeper.until())) {
        write(to, sleeper.tenant(), epoch, sleeper.alertId(), former, former.awake(), changes);
      } else {
        to.delete(Column.META, sleeper.key());
      }
    }
    return changes;
  }

  /** An alert that sleeps. */
  record Sleeper(String tenant, String alertId, Instant until) {
    byte[] key() {
      return Keys.own("snoozed")
          .number(Math.max(0, until.toEpochMilli()))
          .text(tenant)
          .text(alertId)
          .done();
    }

    byte[] value() {
      return Json.bytes(this);
    }
  }

  /** Those whose time has come. */
  static List<Sleeper> due(Reader reader, Instant now) {
    List<Sleeper> due = new ArrayList<>();
    reader.ascend(
        Column.META,
        SNOOZED,
        SNOOZED,
        (key, value) -> {
          Sleeper sleeper = parse(value, Sleeper.class);
          if (sleeper.until().isAfter(now)) {
            return false;
          }
          due.add(sleeper);
          return true;
        });
    return due;
  }

  static void forget(Transaction to, String tenant, String alertId) {
    AlertLife life = read(to, tenant, alertId);
    to.delete(Column.ALERT_LIVES, AlertView.idKey(tenant, alertId));
    if (life.isSnoozed()) {
      to.delete(Column.META, new Sleeper(tenant, alertId, life.snoozedUntil()).key());
    }
  }

  private static void write(
      Transaction to,
      String tenant,
      String epoch,
      String alertId,
      AlertLife former,
      AlertLife life,
      List<AlertChange> changes) {
    to.put(Column.ALERT_LIVES, AlertView.idKey(tenant, alertId), Json.bytes(life));
    if (former.isSnoozed()) {
      to.delete(Column.META, new Sleeper(tenant, alertId, former.snoozedUntil()).key());
    }
    if (life.isSnoozed()) {
      Sleeper sleeper = new Sleeper(tenant, alertId, life.snoozedUntil());
      to.put(Column.META, sleeper.key(), sleeper.value());
    }
    AlertChange change = AlertView.relive(to, tenant, epoch, alertId, life);
    if (change != null) {
      changes.add(change);
    }
  }

  private static AlertLife parse(byte[] json) {
    return parse(json, AlertLife.class);
  }

  private static <T> T parse(byte[] json, Class<T> type) {
    try {
      return Json.read(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException("the view of alert lives is damaged", e);
    }
  }
}
