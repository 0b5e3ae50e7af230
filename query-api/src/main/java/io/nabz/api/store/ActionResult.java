package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import io.nabz.model.AlertAction;

/**
 * What became of an action on an alert.
 *
 * @param refusal why it does not count; null if it does
 * @param first whether it was the first time that anybody saw the alert
 * @param alert as it is now; null if it is not known
 */
public record ActionResult(AlertAction action, String refusal, boolean first, ServedAlert alert) {
  public ActionResult {
    requireNonNull(action, "action is null");
  }
}
