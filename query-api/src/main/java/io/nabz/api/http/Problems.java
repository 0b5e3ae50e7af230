package io.nabz.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.nabz.api.alerts.AlertDesk;
import io.nabz.api.auth.TokenVerifier.KeysUnavailableException;
import io.nabz.api.intake.EventLog;
import io.nabz.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an error becomes an answer: RFC 9457 problem JSON. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  static void map(RoutesConfig routes) {
    routes.exception(Exception.class, Problems::answer);
    // Javalin answers its own kind itself unless that is asked for by name.
    routes.exception(HttpResponseException.class, Problems::answer);
  }

  private static void answer(Exception thrown, Context ctx) {
    Throwable error =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (error instanceof ProblemException problem) {
      problem.headers().forEach(ctx::header);
      write(ctx, problem.status().getCode(), problem.getMessage(), problem.extensions());
    } else if (error instanceof EventLog.UnavailableException) {
      LOG.warn("intake: {}", String.valueOf(error.getCause()));
      answer(
          ProblemException.unavailable(
              "the broker does not take events now; nothing is acknowledged, send it all again"),
          ctx);
    } else if (error instanceof AlertDesk.NotYetKnownException) {
      answer(
          ProblemException.unavailable(
              "the views are behind; what you did is kept, send it again to see what came of it"),
          ctx);
    } else if (error instanceof KeysUnavailableException) {
      LOG.warn("auth: {}", String.valueOf(error.getCause()));
      answer(ProblemException.unavailable("the identity provider does not answer"), ctx);
    } else if (error instanceof MethodNotAllowedResponse notAllowed) {
      String methods = String.join(", ", notAllowed.getDetails().values());
      ctx.header("Allow", methods);
      write(ctx, 405, "this route takes " + methods, Map.of());
    } else if (error instanceof HttpResponseException response && response.getStatus() < 500) {
      String detail =
          response.getStatus() == 404
              ? "there is no such route; see /openapi.json"
              : response.getMessage();
      write(ctx, response.getStatus(), detail, Map.of());
    } else {
      LOG.error("{} {} failed", ctx.method(), template(ctx), error);
      write(ctx, 500, "the server failed; its log says why", Map.of());
    }
  }

  /** The route as declared: the path itself may hold personal data. */
  static String template(Context ctx) {
    var endpoint = ctx.endpoints().matchedHttpEndpoint();
    return endpoint == null ? "unmatched" : endpoint.path;
  }

  private static void write(Context ctx, int code, String detail, Map<String, Object> extensions) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", HttpStatus.forStatus(code).getMessage());
    problem.put("status", code);
    problem.put("detail", detail);
    problem.putAll(extensions);
    ctx.status(code).contentType("application/problem+json").result(Json.bytes(problem));
  }
}
