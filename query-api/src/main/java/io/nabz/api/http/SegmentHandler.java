package io.nabz.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.auth.AuthException;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Scope;
import io.nabz.api.auth.SourceKeys;
import io.nabz.api.intake.EventIntake;
import io.nabz.api.intake.IntakeResult;
import io.nabz.api.segment.SegmentCall;
import io.nabz.api.segment.SegmentClock;
import io.nabz.api.segment.SegmentEvents;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The Segment HTTP tracking API. What can never succeed is 400, which libraries do not retry; 429
 * and 503 they do. One bad call never fails its batch.
 */
final class SegmentHandler {
  private static final String ORIGIN = "segment";

  private final SegmentEvents events = new SegmentEvents();
  private final EventIntake intake;
  private final SourceKeys keys;
  private final RateLimits limits;
  private final Executor answering;
  private final Metrics metrics;
  private final Clock clock;

  SegmentHandler(
      EventIntake intake,
      SourceKeys keys,
      RateLimits limits,
      Executor answering,
      Metrics metrics,
      Clock clock) {
    this.intake = intake;
    this.keys = keys;
    this.limits = limits;
    this.answering = answering;
    this.metrics = metrics;
    this.clock = clock;
  }

  static void preflight(Context ctx) {
    allowAnyOrigin(ctx);
    ctx.header("Access-Control-Allow-Methods", "POST");
    ctx.header("Access-Control-Allow-Headers", "Authorization, Content-Type, Content-Encoding");
    ctx.header("Access-Control-Max-Age", "86400");
    ctx.status(HttpStatus.NO_CONTENT);
  }

  void call(Context ctx, SegmentCall call) {
    byte[] body = body(ctx);
    JsonNode document = document(body);
    Principal source = source(ctx, document);
    take(
        ctx,
        source,
        List.of(body),
        call,
        clock(document),
        result -> {
          if (result.refused() > 0) {
            IntakeResult.Error error = result.errors().get(0);
            throw ProblemException.badRequest(error.detail()).with("errors", result.errors());
          }
          answer(ctx, result);
        });
  }

  void batch(Context ctx) {
    JsonNode document = document(body(ctx));
    Principal source = source(ctx, document);
    if (!document.path("batch").isArray()) {
      throw ProblemException.badRequest("batch is missing; send {\"batch\": [{...}, {...}]}");
    }
    List<byte[]> calls = new ArrayList<>();
    document.get("batch").forEach(call -> calls.add(bytes(call)));
    take(ctx, source, calls, null, clock(document), result -> answer(ctx, result));
  }

  private void take(
      Context ctx,
      Principal source,
      List<byte[]> calls,
      SegmentCall named,
      SegmentClock times,
      Consumer<IntakeResult> answer) {
    limits.charge(source, calls.size());
    ctx.future(
        () ->
            intake
                .accept(
                    source.tenant(),
                    ORIGIN + '/' + source.name(),
                    calls,
                    call -> events.read(call, named, source.name(), times))
                .thenAcceptAsync(
                    result -> {
                      metrics.received(result);
                      answer.accept(result);
                    },
                    answering));
  }

  private static void answer(Context ctx, IntakeResult result) {
    Views.json(ctx, new Views.Taken(true, result.accepted(), result.refused(), result.errors()));
  }

  private static byte[] body(Context ctx) {
    allowAnyOrigin(ctx);
    // The body is JSON whatever it is called: browsers say text/plain to be spared a preflight,
    // some
    // libraries call a zipped body a form.
    return Bodies.read(ctx, SegmentEvents.MAX_BATCH_BYTES, HttpStatus.BAD_REQUEST);
  }

  private static JsonNode document(byte[] body) {
    try {
      JsonNode document = Json.tree(body);
      if (document.isObject()) {
        return document;
      }
    } catch (IOException e) {
      // The same answer: nothing of it can be used, now or later.
    }
    throw ProblemException.badRequest("the body is not a JSON object; send {...}");
  }

  private Principal source(Context ctx, JsonNode document) {
    String key = key(ctx, document);
    if (key == null || key.isBlank()) {
      throw AccessGate.unauthorized(
          "send the write key as the user name of a Basic authorization, or as writeKey", "");
    }
    Principal source;
    try {
      source = keys.verify(key);
    } catch (AuthException e) {
      throw AccessGate.unauthorized(e.getMessage(), ", error=\"invalid_token\"");
    }
    if (!source.scopes().contains(Scope.SEGMENT)) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN, "this key has not the scope segment; make one that has");
    }
    limits.check(source);
    return source;
  }

  private static String key(Context ctx, JsonNode document) {
    String authorization = ctx.header("Authorization");
    if (authorization != null) {
      return AccessGate.basicUser(authorization);
    }
    return document.path("writeKey").asText(null);
  }

  /** Written anew, a call is as it came but for spaces between its tokens. */
  private static byte[] bytes(JsonNode call) {
    try {
      return Json.bytes(call);
    } catch (UncheckedIOException e) {
      // A number such as 1e99999 is short to send and endless to write; nothing is no call either.
      return new byte[0];
    }
  }

  private SegmentClock clock(JsonNode document) {
    Instant sentAt = SegmentClock.time(document.path("sentAt"));
    return new SegmentClock(clock.instant(), sentAt);
  }

  /** No cookie counts here, so it harms nobody that every page may read the answer. */
  private static void allowAnyOrigin(Context ctx) {
    ctx.header("Access-Control-Allow-Origin", "*");
    ctx.header("Access-Control-Expose-Headers", "Retry-After");
  }
}
