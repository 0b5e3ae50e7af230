package io.nabz.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.auth.Principal;
import io.nabz.api.webhooks.Delivery;
import io.nabz.api.webhooks.Webhook;
import io.nabz.api.webhooks.WebhookService;
import io.nabz.api.webhooks.Webhooks;
import io.nabz.model.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** The webhooks, and what waits for them or was given up. A secret is told once. */
final class WebhooksHandler {
  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final String EXAMPLE =
      "send {\"url\": \"https://crm.example.com/nabz\", \"audiences\": [\"marketing\"]}";

  private final WebhookService service;
  private final Audit audit;

  WebhooksHandler(WebhookService service, Audit audit) {
    this.service = service;
    this.audit = audit;
  }

  /**
   * A webhook as it is shown.
   *
   * @param secret only in the answer that makes it
   * @param formerSecretUntil until when the secret before signs too
   */
  record Shown(
      String id,
      URI url,
      boolean enabled,
      List<String> audiences,
      List<String> severities,
      List<String> rules,
      boolean named,
      boolean personalData,
      String secret,
      Instant formerSecretUntil,
      Instant changedAt,
      String changedBy) {
    static Shown of(Webhook webhook, boolean withSecret) {
      return new Shown(
          webhook.id(),
          webhook.url(),
          webhook.enabled(),
          webhook.audiences(),
          webhook.severities(),
          webhook.rules(),
          webhook.named(),
          webhook.personalData(),
          withSecret ? webhook.secret() : null,
          webhook.formerUntil(),
          webhook.changedAt(),
          webhook.changedBy());
    }
  }

  void list(Context ctx) {
    List<Shown> all =
        service.webhooks().list(AccessGate.principal(ctx).tenant()).stream()
            .map(webhook -> Shown.of(webhook, false))
            .toList();
    Views.json(ctx, new Views.Page<>(all, null, null));
  }

  void get(Context ctx) {
    Views.json(ctx, Shown.of(find(ctx), false));
  }

  void put(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    String id = ctx.pathParam("id");
    try {
      Webhooks.Written written =
          service.webhooks().put(principal.tenant(), id, wish(ctx), principal.subject());
      audit.change(ctx, "webhook.put", id);
      Views.json(ctx, Shown.of(written.webhook(), written.freshSecret()));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(e.getMessage());
    }
  }

  void delete(Context ctx) {
    String id = ctx.pathParam("id");
    if (!service.delete(AccessGate.principal(ctx).tenant(), id)) {
      throw unknown();
    }
    audit.change(ctx, "webhook.delete", id);
    ctx.status(HttpStatus.NO_CONTENT);
  }

  void rotate(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    String id = ctx.pathParam("id");
    Webhook rotated =
        service
            .webhooks()
            .rotate(principal.tenant(), id, principal.subject())
            .orElseThrow(WebhooksHandler::unknown);
    audit.change(ctx, "webhook.rotate", id);
    Views.json(ctx, Shown.of(rotated, true));
  }

  void deliveries(Context ctx) {
    Webhook webhook = find(ctx);
    String state = Params.text(ctx, "state");
    if (state != null && !List.of(Delivery.WAITING, Delivery.DEAD).contains(state)) {
      throw ProblemException.badRequest("state: send waiting or dead");
    }
    int limit = Params.limit(ctx);
    int offset = Params.offset(ctx, Integer.MAX_VALUE - limit);
    List<Delivery> all =
        service.deliveries().list(webhook.tenant(), webhook.id()).stream()
            .filter(delivery -> state == null || delivery.state().equals(state))
            .toList();
    int to = Math.min(all.size(), offset + limit);
    List<Delivery> page = all.subList(Math.min(offset, to), to);
    Views.json(ctx, new Views.Page<>(page, to < all.size() ? Integer.toString(to) : null, null));
  }

  void resend(Context ctx) {
    Webhook webhook = find(ctx);
    String delivery = ctx.pathParam("delivery");
    Delivery again =
        service
            .resend(webhook.tenant(), webhook.id(), delivery)
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "no such delivery was given up; list them with ?state=dead"));
    audit.change(ctx, "webhook.resend", webhook.id() + '/' + delivery);
    ctx.status(HttpStatus.ACCEPTED);
    Views.json(ctx, again);
  }

  private Webhook find(Context ctx) {
    return service
        .webhooks()
        .get(AccessGate.principal(ctx).tenant(), ctx.pathParam("id"))
        .orElseThrow(WebhooksHandler::unknown);
  }

  private static ProblemException unknown() {
    return ProblemException.notFound("there is no such webhook");
  }

  private static Webhooks.Wish wish(Context ctx) {
    try {
      JsonNode body = Json.tree(Bodies.read(ctx, MAX_BODY_BYTES));
      if (!(body instanceof ObjectNode)) {
        throw ProblemException.badRequest("the body is not a JSON object; " + EXAMPLE);
      }
      return Json.mapper().treeToValue(body, Webhooks.Wish.class);
    } catch (IOException e) {
      throw ProblemException.badRequest("the body does not fit; " + EXAMPLE);
    }
  }
}
