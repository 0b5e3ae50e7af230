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
import io.nabz.api.audit.AuditTrail;
import io.nabz.api.intake.IntakeResult;
import io.nabz.api.live.LiveHub;
import io.nabz.api.store.ActionResult;
import io.nabz.api.store.ServedAlert;
import io.nabz.api.store.ViewFeed;
import io.nabz.api.webhooks.WebhookService;
import io.nabz.model.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What the API counts. Labels are routes and codes, never ids. */
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter accepted = counter("nabz.events.accepted", "Events the broker has");
  private final Counter refused = counter("nabz.events.refused", "Events that could not be used");

  private final Timer seen =
      Timer.builder("nabz.alert.seen")
          .description("From the event at the broker to the alert on somebody's screen")
          .publishPercentiles(0.5, 0.99)
          .register(registry);

  public Metrics(LiveHub hub, ViewFeed feed, AuditTrail trail, WebhookService webhooks) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gauge("nabz.live.clients", "Open streams", hub, LiveHub::connected);
    count("nabz.live.cut", "Streams cut off since their client did not read", hub, LiveHub::cut);
    count("nabz.audit.lost", "Audit entries that could not be written", trail, AuditTrail::lost);
    count(
        "nabz.views.unreadable",
        "Records that held nothing of the vocabulary",
        feed,
        ViewFeed::unreadable);
    gauge(
        "nabz.webhooks.following",
        "Whether this replica hears of alerts for webhooks",
        webhooks,
        w -> w.isFollowing() ? 1 : 0);
    count(
        "nabz.webhooks.delivered",
        "Deliveries that webhooks have taken",
        webhooks,
        WebhookService::delivered);
    count(
        "nabz.webhooks.failed",
        "Attempts that webhooks have not taken",
        webhooks,
        WebhookService::failed);
    count("nabz.webhooks.dead", "Deliveries that were given up", webhooks, WebhookService::dead);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private <T> void count(String name, String description, T part, ToDoubleFunction<T> total) {
    FunctionCounter.builder(name, part, total).description(description).register(registry);
  }

  private <T> void gauge(String name, String description, T part, ToDoubleFunction<T> now) {
    Gauge.builder(name, part, now).description(description).register(registry);
  }

  void received(IntakeResult result) {
    accepted.increment(result.accepted());
    refused.increment(result.refused());
  }

  /** Counts what people do with alerts: how soon one is seen, and what it was worth. */
  void acted(ActionResult result) {
    ServedAlert served = result.alert();
    if (served == null || result.refusal() != null) {
      return;
    }
    Alert alert = served.alert();
    Instant from = alert.times().receivedAt();
    if (result.first() && from != null) {
      seen.record(
          Math.max(0, Duration.between(from, result.action().at()).toMillis()),
          TimeUnit.MILLISECONDS);
    }
    if (result.action().outcome() != null) {
      Counter.builder("nabz.alert.outcomes")
          .description("What alerts were worth to those who resolved them")
          .tag("rule", alert.ruleId())
          .tag("outcome", result.action().outcome().code())
          .register(registry)
          .increment();
    }
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
