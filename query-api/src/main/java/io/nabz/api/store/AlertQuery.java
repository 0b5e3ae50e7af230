package io.nabz.api.store;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.Severity;
import java.time.Instant;
import java.util.Objects;

/**
 * Which alerts; null asks for any.
 *
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
    Instant to) {
  public static final AlertQuery ALL =
      new AlertQuery(null, null, null, null, null, null, null, null, null);

  public boolean matches(Alert alert) {
    return same(ruleId, alert.ruleId())
        && same(customerId, alert.customerId())
        && same(audience, alert.audience())
        && same(queue, alert.queue())
        && same(assignee, alert.assignee())
        && same(severity, alert.severity())
        && same(state, alert.state())
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
