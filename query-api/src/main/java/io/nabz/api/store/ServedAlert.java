package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nabz.model.Alert;
import io.nabz.model.AlertOutcome;
import io.nabz.model.AlertState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An alert as it is served: the stream's word, with what people have done with it on top.
 *
 * @param alert in its state of now, with the assignee of now
 * @param handling null while nobody has touched it
 */
public record ServedAlert(@JsonUnwrapped Alert alert, Handling handling) {
  public ServedAlert {
    requireNonNull(alert, "alert is null");
  }

  /** Who did what and when. */
  public record Handling(
      Instant seenAt, AlertOutcome outcome, Instant snoozedUntil, List<AlertLife.Step> history) {}

  /** The stream takes back what was wrong, whatever people have done with it. */
  static ServedAlert of(Alert alert, AlertLife life) {
    if (life.history().isEmpty()) {
      return new ServedAlert(alert, null);
    }
    AlertState state =
        alert.state() == AlertState.RETRACTED || life.state() == null
            ? alert.state()
            : life.state();
    String assignee = life.assignee() == null ? alert.assignee() : life.assignee();
    return new ServedAlert(
        alert.withHandling(state, assignee),
        new Handling(life.seenAt(), life.outcome(), life.snoozedUntil(), life.history()));
  }

  /** Whether it was ever given to, or taken by, that person. */
  @JsonIgnore
  boolean wasEverOf(String person) {
    return Objects.equals(person, alert.assignee())
        || (handling != null
            && new AlertLife(null, null, null, null, null, handling.history()).wasEverOf(person));
  }
}
