package io.nabz.customer;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.state.JourneyStep;
import io.nabz.model.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one call of {@link CustomerLogic} has to tell the world besides the new state. */
public final class Changes {
  private final Instant detectedAt;
  private final List<Alert> alerts = new ArrayList<>(1);
  private Instant receivedAt;
  private JourneyStep touchpoint;
  private boolean gone;
  private boolean forgotten;

  /**
   * @param detectedAt wall-clock time for {@code times.detectedAt} of alerts; nothing else may
   *     depend on it
   */
  public Changes(Instant detectedAt) {
    this.detectedAt = requireNonNull(detectedAt, "detectedAt is null");
  }

  public List<Alert> alerts() {
    return alerts;
  }

  /** The event that was applied as the timeline shows it, as JSON; null when none was. */
  public byte[] touchpoint() {
    return touchpoint == null ? null : TouchpointWriter.bytes(touchpoint);
  }

  /** The same as it was read; null when no event was applied. */
  public JourneyStep step() {
    return touchpoint;
  }

  void touchpoint(JourneyStep applied) {
    touchpoint = applied;
  }

  /** Whether the customer is no longer known, so that its snapshot must go. */
  public boolean isGone() {
    return gone;
  }

  /** Whether nothing is left that the state would have to remember. */
  public boolean isForgotten() {
    return forgotten;
  }

  void gone(boolean andForgotten) {
    gone = true;
    forgotten = andForgotten;
  }

  /** The customer has come back after having been forgotten. */
  void back() {
    gone = false;
    forgotten = false;
  }

  void add(Alert alert) {
    alerts.add(alert);
  }

  Instant detectedAt() {
    return detectedAt;
  }

  /** When the broker had the event that is being applied; null while time alone is at work. */
  Instant receivedAt() {
    return receivedAt;
  }

  void receivedAt(Instant instant) {
    receivedAt = instant;
  }
}
