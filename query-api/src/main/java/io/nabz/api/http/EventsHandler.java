package io.nabz.api.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.auth.Principal;
import io.nabz.api.intake.BinaryMode;
import io.nabz.api.intake.BoundedBody;
import io.nabz.api.intake.EventIntake;
import io.nabz.api.intake.EventSplitter;
import io.nabz.api.intake.EventSplitter.Form;
import io.nabz.api.intake.IntakeResult;
import io.nabz.model.Refusal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Takes CloudEvents in, in every mode that HTTP has for them; answers when the broker has them. */
final class EventsHandler {
  private static final String ORIGIN = "http";

  private final EventIntake intake;
  private final RateLimits limits;
  private final Executor answering;
  private final Metrics metrics;

  /**
   * @param answering writes the answers, so that the broker's own thread never waits for a client
   */
  EventsHandler(EventIntake intake, RateLimits limits, Executor answering, Metrics metrics) {
    this.intake = intake;
    this.limits = limits;
    this.answering = answering;
    this.metrics = metrics;
  }

  void post(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    limits.check(principal);
    String type = Bodies.mediaType(ctx);
    Map<String, String> headers = ctx.headerMap();
    if (!type.startsWith("application/cloudevents")
        && headers.keySet().stream().anyMatch(BinaryMode::isAttribute)) {
      binary(ctx, principal, type, headers);
      return;
    }
    Form form = form(type);
    List<byte[]> events = split(Bodies.read(ctx, BoundedBody.MAX_BYTES), form);
    limits.charge(principal, events.size());
    ctx.future(
        () ->
            intake
                .accept(principal.tenant(), events)
                .thenAcceptAsync(result -> answer(ctx, result, events.size() == 1), answering));
  }

  private void binary(Context ctx, Principal principal, String type, Map<String, String> headers) {
    byte[] body = Bodies.read(ctx, BoundedBody.MAX_BYTES);
    boolean json = type.equals("application/json") || type.endsWith("+json");
    if (!json && body.length > 0) {
      throw new ProblemException(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "with ce-* headers send the data as JSON, with Content-Type application/json");
    }
    limits.charge(principal, 1);
    ctx.future(
        () ->
            intake
                .accept(
                    principal.tenant(),
                    ORIGIN,
                    List.of(body),
                    data -> BinaryMode.read(headers, data))
                .thenAcceptAsync(result -> answer(ctx, result, true), answering));
  }

  private void answer(Context ctx, IntakeResult result, boolean single) {
    metrics.received(result);
    if (result.refused() == 0) {
      ctx.status(HttpStatus.ACCEPTED);
      Views.json(ctx, new Views.Accepted(result.accepted()));
      return;
    }
    String detail =
        single
            ? result.errors().get(0).detail()
            : "%d of %d events cannot be used, the others are kept; send those of errors again, mended"
                .formatted(result.refused(), result.accepted() + result.refused());
    boolean tooLarge =
        single && result.errors().get(0).reason().equals(Refusal.Reason.TOO_LARGE.code());
    throw new ProblemException(
            tooLarge ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.BAD_REQUEST, detail)
        .with("accepted", result.accepted())
        .with("refused", result.refused())
        .with("errors", result.errors());
  }

  private static List<byte[]> split(byte[] body, Form form) {
    try {
      return EventSplitter.split(body, form);
    } catch (EventSplitter.BodyException e) {
      throw ProblemException.badRequest(e.getMessage())
          .with("accepted", 0)
          .with("errors", List.of());
    }
  }

  private static Form form(String type) {
    return switch (type) {
      case "application/cloudevents+json" -> Form.SINGLE;
      case "application/cloudevents-batch+json" -> Form.ARRAY;
      case "application/json" -> Form.SINGLE_OR_ARRAY;
      case "application/x-ndjson" -> Form.LINES;
      default ->
          throw new ProblemException(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "send Content-Type application/cloudevents+json, application/cloudevents-batch+json,"
                  + " application/json or application/x-ndjson, or ce-* headers with JSON data");
    };
  }
}
