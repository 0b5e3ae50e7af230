package io.nabz.api.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nabz.api.intake.IntakeResult;
import io.nabz.api.live.LiveHub;
import io.nabz.api.store.ViewFeed;
import java.time.Duration;

/** What the API counts. Labels are routes and codes, never ids. */
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter accepted =
      Counter.builder("nabz.events.accepted")
          .description("Events the broker has")
          .register(registry);
  private final Counter refused =
      Counter.builder("nabz.events.refused")
          .description("Events that could not be used")
          .register(registry);

  public Metrics(LiveHub hub, ViewFeed feed) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("nabz.live.clients", hub, LiveHub::connected)
        .description("Open streams")
        .register(registry);
    FunctionCounter.builder("nabz.live.cut", hub, LiveHub::cut)
        .description("Streams cut off since their client did not read")
        .register(registry);
    FunctionCounter.builder("nabz.views.unreadable", feed, ViewFeed::unreadable)
        .description("Records that held nothing of the vocabulary")
        .register(registry);
  }

  void received(IntakeResult result) {
    accepted.increment(result.accepted());
    refused.increment(result.refused());
  }

  void answered(String method, String route, int status, Duration took) {
    Timer.builder("nabz.http.requests")
        .description("Time to the end of the answer")
        .tag("method", method)
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(took);
  }

  String scrape() {
    return registry.scrape();
  }
}
