package io.nabz.api.alerts;

import static java.util.Objects.requireNonNull;

import io.nabz.api.intake.EventLog;
import io.nabz.api.intake.Outgoing;
import io.nabz.api.store.ActionResult;
import io.nabz.model.AlertAction;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Puts an action into its topic and waits until the view has come to it there: the order of the
 * topic decides who was first, however many APIs there are.
 */
public final class AlertDesk {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final EventLog log;
  private final Duration patience;
  private final Map<String, CompletableFuture<ActionResult>> waiting = new ConcurrentHashMap<>();

  /** The action is kept, but what came of it is not known yet. */
  public static final class NotYetKnownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotYetKnownException() {
      super("what came of the action is not known yet", null, false, false);
    }
  }

  public AlertDesk(EventLog log) {
    this(log, PATIENCE);
  }

  AlertDesk(EventLog log, Duration patience) {
    this.log = requireNonNull(log, "log is null");
    this.patience = patience;
  }

  /**
   * @return what came of it; fails with {@link EventLog.UnavailableException} or {@link
   *     NotYetKnownException}, and the same action may be sent again then
   */
  public CompletableFuture<ActionResult> act(String tenant, AlertAction action) {
    CompletableFuture<ActionResult> result = new CompletableFuture<>();
    waiting.put(action.actionId(), result);
    log.append(
            List.of(
                new Outgoing(
                    Topic.ALERT_ACTIONS,
                    tenant + '/' + action.alertId(),
                    Json.bytes(action),
                    Map.of())))
        .whenComplete(
            (kept, error) -> {
              if (error != null) {
                result.completeExceptionally(error);
              }
            });
    return result
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (known, error) -> {
              waiting.remove(action.actionId());
              if (error instanceof TimeoutException) {
                throw new NotYetKnownException();
              }
              if (error instanceof RuntimeException failed) {
                throw failed;
              }
              return known;
            });
  }

  /** The view has come to these. */
  public void onResults(List<ActionResult> results) {
    for (ActionResult result : results) {
      CompletableFuture<ActionResult> waiter = waiting.remove(result.action().actionId());
      if (waiter != null) {
        waiter.complete(result);
      }
    }
  }
}
