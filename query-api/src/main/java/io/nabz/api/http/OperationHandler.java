package io.nabz.api.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What operators and their tools ask. */
final class OperationHandler {
  private final Readiness readiness;
  private final Metrics metrics;
  private final byte[] openApi = resource("/openapi.json");

  OperationHandler(Readiness readiness, Metrics metrics) {
    this.readiness = readiness;
    this.metrics = metrics;
  }

  void live(Context ctx) {
    Views.json(ctx, Map.of("status", "up"));
  }

  void ready(Context ctx) {
    Map<String, String> components = new LinkedHashMap<>();
    boolean ready = true;
    for (Map.Entry<String, String> entry : readiness.waitingFor().entrySet()) {
      ready &= entry.getValue() == null;
      components.put(
          entry.getKey(), entry.getValue() == null ? "up" : "waiting for " + entry.getValue());
    }
    if (!ready) {
      throw ProblemException.unavailable("not ready yet; see components")
          .with("components", components);
    }
    ctx.status(HttpStatus.OK);
    Views.json(ctx, new Views.Ready("ready", components));
  }

  void metrics(Context ctx) {
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
  }

  void openApi(Context ctx) {
    ctx.header("Cache-Control", "no-cache").contentType("application/json").result(openApi);
  }

  private static byte[] resource(String name) {
    try (InputStream in = OperationHandler.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name + " is not on the class path").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
