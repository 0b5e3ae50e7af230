package io.nabz.api.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.intake.BoundedBody;
import io.nabz.api.intake.EventIntake;
import io.nabz.api.intake.EventSplitter;
import io.nabz.api.intake.EventSplitter.Form;
import io.nabz.api.intake.IntakeResult;
import io.nabz.model.Refusal;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.zip.ZipException;

/** Takes events in; answers when the broker has them. */
final class EventsHandler {
  private final EventIntake intake;
  private final Executor answering;
  private final Metrics metrics;

  /**
   * @param answering writes the answers, so that the broker's own thread never waits for a client
   */
  EventsHandler(EventIntake intake, Executor answering, Metrics metrics) {
    this.intake = intake;
    this.answering = answering;
    this.metrics = metrics;
  }

  void post(Context ctx) {
    Form form = form(ctx.contentType());
    List<byte[]> events = split(body(ctx), form);
    String tenant = AccessGate.principal(ctx).tenant();
    ctx.future(
        () ->
            intake
                .accept(tenant, events)
                .thenAcceptAsync(result -> answer(ctx, result, events.size() == 1), answering));
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

  private static byte[] body(Context ctx) {
    String encoding = ctx.header("Content-Encoding");
    boolean gzip = "gzip".equalsIgnoreCase(encoding);
    if (encoding != null && !gzip && !"identity".equalsIgnoreCase(encoding)) {
      throw new ProblemException(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send the body plain or with gzip")
          .header("Accept-Encoding", "gzip");
    }
    try {
      return BoundedBody.read(ctx.req().getInputStream(), gzip);
    } catch (BoundedBody.TooLargeException e) {
      throw new ProblemException(HttpStatus.CONTENT_TOO_LARGE, e.getMessage());
    } catch (ZipException | EOFException e) {
      throw ProblemException.badRequest("the body is not gzip; send it whole, or plain");
    } catch (IOException e) {
      throw ProblemException.badRequest("the body did not arrive whole; send it again");
    }
  }

  private static Form form(String contentType) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "application/cloudevents+json" -> Form.SINGLE;
      case "application/cloudevents-batch+json" -> Form.ARRAY;
      case "application/json" -> Form.SINGLE_OR_ARRAY;
      case "application/x-ndjson" -> Form.LINES;
      default ->
          throw new ProblemException(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "send Content-Type application/cloudevents+json, application/cloudevents-batch+json,"
                  + " application/json or application/x-ndjson");
    };
  }
}
