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
    Gauge.builder("nabz.live.clients", hub, LiveHub::connected)
        .description("Open streams")
        .register(registry);
    FunctionCounter.builder("nabz.live.cut", hub, LiveHub::cut)
        .description("Streams cut off since their client did not read")
        .register(registry);
    FunctionCounter.builder("nabz.audit.lost", trail, AuditTrail::lost)
        .description("Audit entries that could not be written")
        .register(registry);
    FunctionCounter.builder("nabz.views.unreadable", feed, ViewFeed::unreadable)
        .description("Records that held nothing of the vocabulary")
        .register(registry);
    Gauge.builder("nabz.webhooks.following", webhooks, w -> w.isFollowing() ? 1 : 0)
        .description("Whether this replica hears of alerts for webhooks")
        .register(registry);
    FunctionCounter.builder("nabz.webhooks.delivered", webhooks, WebhookService::delivered)
        .description("Deliveries that webhooks have taken")
        .register(registry);
    FunctionCounter.builder("nabz.webhooks.failed", webhooks, WebhookService::failed)
        .description("Attempts that webhooks have not taken")
        .register(registry);
    FunctionCounter.builder("nabz.webhooks.dead", webhooks, WebhookService::dead)
        .description("Deliveries that were given up")
        .register(registry);
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
