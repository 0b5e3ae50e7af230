package io.nabz.api.store;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.Severity;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * Which alerts; null asks for any. What the arbiter holds back is there only for those who ask for
 * that state: to everybody else it is as if it had not been.
 *
 * @param visible for which audiences the asker may see alerts
 * @param from of the completing event's time, included
 * @param to of the completing event's time, excluded
 */
public record AlertQuery(
    String ruleId,
    String customerId,
    Audience audience,
    String queue,
    String assignee,
    Severity severity,
    AlertState state,
    Instant from,
    Instant to,
    Set<Audience> visible) {
  public static final AlertQuery ALL =
      new AlertQuery(null, null, null, null, null, null, null, null, null);

  public AlertQuery {
    visible = Set.copyOf(visible);
  }

  /** The same for one who may see all. */
  public AlertQuery(
      String ruleId,
      String customerId,
      Audience audience,
      String queue,
      String assignee,
      Severity severity,
      AlertState state,
      Instant from,
      Instant to) {
    this(
        ruleId,
        customerId,
        audience,
        queue,
        assignee,
        severity,
        state,
        from,
        to,
        Set.of(Audience.values()));
  }

  public boolean matches(Alert alert) {
    return fits(alert) && same(assignee, alert.assignee()) && same(state, alert.state());
  }

  /**
   * Whether a change of the alert is news to one who watches what the query asks for: also that it
   * has come into another state, or to somebody else.
   */
  public boolean concerns(ServedAlert served) {
    return fits(served.alert()) && (assignee == null || served.wasEverOf(assignee));
  }

  private boolean fits(Alert alert) {
    return visible.contains(alert.audience())
        && (alert.state() != AlertState.SUPPRESSED || state == AlertState.SUPPRESSED)
        && same(ruleId, alert.ruleId())
        && same(customerId, alert.customerId())
        && same(audience, alert.audience())
        && same(queue, alert.queue())
        && same(severity, alert.severity())
        && inTime(alert.times());
  }

  private boolean inTime(Alert.Times times) {
    if (from == null && to == null) {
      return true;
    }
    Instant at = times.eventAt() != null ? times.eventAt() : times.detectedAt();
    return at != null && (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
  }

  private static boolean same(Object wanted, Object found) {
    return wanted == null || Objects.equals(wanted, found);
  }
}
