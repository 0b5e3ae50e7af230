package io.nabz.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.alerts.AlertDesk;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Role;
import io.nabz.api.privacy.PersonalData;
import io.nabz.api.store.ActionResult;
import io.nabz.api.store.ServedAlert;
import io.nabz.api.store.ViewStore;
import io.nabz.model.AlertAction;
import io.nabz.model.AlertAction.Kind;
import io.nabz.model.AlertOutcome;
import io.nabz.model.AlertState;
import io.nabz.model.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;

/** What somebody does with an alert; of two at once one wins and the other is told who did. */
final class AlertActionsHandler {
  private static final int MAX_BODY_BYTES = 4 * 1024;
  private static final int MAX_NAME_CHARS = 200;
  private static final Duration MAX_SNOOZE = Duration.ofDays(30);

  private final ViewStore store;
  private final AlertDesk desk;
  private final Executor answering;
  private final Metrics metrics;
  private final PersonalData personal;
  private final Audit audit;
  private final Clock clock;

  AlertActionsHandler(
      ViewStore store,
      AlertDesk desk,
      Executor answering,
      Metrics metrics,
      Audit audit,
      Clock clock) {
    this.audit = audit;
    this.personal = new PersonalData(store);
    this.store = store;
    this.desk = desk;
    this.answering = answering;
    this.metrics = metrics;
    this.clock = clock;
  }

  void seen(Context ctx) {
    act(ctx, Kind.SEEN, null, null, null);
  }

  void acknowledge(Context ctx) {
    act(ctx, Kind.ACKNOWLEDGE, null, null, null);
  }

  void resolve(Context ctx) {
    String outcome = text(body(ctx), "outcome", "{\"outcome\": \"helped\"}");
    act(ctx, Kind.RESOLVE, outcome(outcome), null, null);
  }

  private static AlertOutcome outcome(String code) {
    try {
      return AlertOutcome.of(code);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("outcome: " + e.getMessage());
    }
  }

  void snooze(Context ctx) {
    Instant until;
    try {
      until = Params.instant(text(body(ctx), "until", "{\"until\": \"2026-11-22T10:45:00Z\"}"));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("until: " + e.getMessage());
    }
    Instant now = clock.instant();
    if (!until.isAfter(now) || until.isAfter(now.plus(MAX_SNOOZE))) {
      throw ProblemException.badRequest("until: send a time ahead, within 30 days");
    }
    act(ctx, Kind.SNOOZE, null, until, null);
  }

  void assign(Context ctx) {
    String assignee = text(body(ctx), "assignee", "{\"assignee\": \"a-12\"}");
    if (assignee.length() > MAX_NAME_CHARS) {
      throw ProblemException.badRequest("assignee: send 200 characters at most");
    }
    act(ctx, Kind.ASSIGN, null, null, assignee);
  }

  private void act(Context ctx, Kind kind, AlertOutcome outcome, Instant until, String assignee) {
    Principal principal = AccessGate.principal(ctx);
    String alertId = ctx.pathParam("id");
    ServedAlert known =
        store
            .alert(principal.tenant(), alertId)
            .filter(
                served -> Params.visibleAudiences(principal).contains(served.alert().audience()))
            .orElseThrow(() -> ProblemException.notFound("there is no such alert"));
    if (known.alert().state() == AlertState.RETRACTED && kind != Kind.SEEN) {
      throw lost(ctx, "it was taken back: what it rested on turned out otherwise", known);
    }
    if (known.alert().state() == AlertState.SUPPRESSED) {
      throw lost(ctx, "it is held back: " + known.alert().suppression().reason().code(), known);
    }
    AlertAction action =
        new AlertAction(
            UUID.randomUUID().toString(),
            alertId,
            kind,
            principal.subject(),
            principal.hasAnyOf(Set.of(Role.SUPERVISOR, Role.ADMIN)),
            clock.instant(),
            outcome,
            until,
            assignee);
    audit.change(ctx, "alert." + kind.code(), alertId);
    ctx.future(
        () ->
            desk.act(principal.tenant(), action)
                .thenAcceptAsync(result -> answer(ctx, result), answering));
  }

  private void answer(Context ctx, ActionResult result) {
    metrics.acted(result);
    if (result.refusal() != null) {
      throw lost(ctx, result.refusal(), result.alert());
    }
    if (result.alert() == null) {
      throw ProblemException.notFound("the alert has just been forgotten");
    }
    Views.json(ctx, shown(ctx, result.alert()));
  }

  private ProblemException lost(Context ctx, String reason, ServedAlert alert) {
    ProblemException problem = new ProblemException(HttpStatus.CONFLICT, reason);
    return alert == null ? problem : problem.with("alert", shown(ctx, alert));
  }

  private ServedAlert shown(Context ctx, ServedAlert alert) {
    Principal principal = AccessGate.principal(ctx);
    return personal.alert(principal.tenant(), alert, Params.sight(principal));
  }

  private static JsonNode body(Context ctx) {
    try {
      return Json.tree(Bodies.read(ctx, MAX_BODY_BYTES));
    } catch (IOException e) {
      throw ProblemException.badRequest("the body is not JSON; send one object");
    }
  }

  private static String text(JsonNode body, String field, String example) {
    JsonNode value = body.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw ProblemException.badRequest(field + " is missing; send " + example);
    }
    return value.textValue();
  }
}
