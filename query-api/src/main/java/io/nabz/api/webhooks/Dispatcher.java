package io.nabz.api.webhooks;

import static java.util.Objects.requireNonNull;

import io.nabz.api.privacy.PersonalData;
import io.nabz.api.privacy.Sight;
import io.nabz.api.store.ServedAlert;
import io.nabz.api.store.ViewStore;
import io.nabz.api.threads.DaemonThreads;
import io.nabz.model.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits, each webhook in a lane of its own with a few attempts at once: one that is slow
 * or dead holds up nobody. What fails waits longer each time and is given up in the end.
 */
final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int AT_ONCE = 4;
  private static final int GONE = 410;

  /** Looking for the oldest reads all of a webhook's, so not each time. */
  private static final int TRIM_EVERY = 100;

  /** How long to look for an alert that the views may not have read yet. */
  private static final Duration VIEW_PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Duration WHILE_DISABLED = Duration.ofMinutes(1);
  private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final ViewStore store;
  private final PersonalData personal;
  private final Sender sender;
  private final WebhookOptions options;
  private final Clock clock;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

  /** What this replica has taken over, so that nothing is sent twice at once. */
  private final Set<String> held = ConcurrentHashMap.newKeySet();

  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong dead = new AtomicLong();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("nabz-webhook-ticker"));

  Dispatcher(
      Webhooks webhooks,
      Deliveries deliveries,
      ViewStore store,
      Sender sender,
      WebhookOptions options,
      Clock clock) {
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
    this.deliveries = requireNonNull(deliveries, "deliveries is null");
    this.store = requireNonNull(store, "store is null");
    this.personal = new PersonalData(store);
    this.sender = requireNonNull(sender, "sender is null");
    this.options = requireNonNull(options, "options is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Takes over what is kept already; a second time nothing happens. */
  void take(Delivery delivery) {
    if (held.add(key(delivery))) {
      later(delivery);
    }
  }

  long delivered() {
    return delivered.get();
  }

  long failed() {
    return failed.get();
  }

  long dead() {
    return dead.get();
  }

  private void later(Delivery delivery) {
    long millis =
        delivery.nextAt() == null
            ? 0
            : Math.max(0, Duration.between(clock.instant(), delivery.nextAt()).toMillis());
    after(Duration.ofMillis(millis), delivery);
  }

  private void after(Duration wait, Delivery delivery) {
    Lane lane =
        lanes.computeIfAbsent(
            delivery.tenant() + '/' + delivery.webhookId(), ignored -> new Lane());
    try {
      ticker.schedule(() -> lane.ready(delivery), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The API is stopping; it is kept and goes out after the next start.
      LOG.debug("a delivery waits for the next start");
    }
  }

  /** The way to one webhook. */
  private final class Lane {
    private final ArrayDeque<Delivery> ready = new ArrayDeque<>();
    private int underWay;

    void ready(Delivery delivery) {
      synchronized (this) {
        ready.add(delivery);
      }
      go();
    }

    private void go() {
      while (true) {
        Delivery next;
        synchronized (this) {
          if (underWay >= AT_ONCE || ready.isEmpty()) {
            return;
          }
          next = ready.poll();
          underWay++;
        }
        try {
          attempt(next, this::ended);
        } catch (RuntimeException e) {
          LOG.error("a delivery to {} is set aside until the next start", next.webhookId(), e);
          ended();
        }
      }
    }

    private void ended() {
      synchronized (this) {
        underWay--;
      }
      try {
        ticker.execute(this::go);
      } catch (RejectedExecutionException e) {
        LOG.debug("a lane of webhooks has ended");
      }
    }
  }

  private void attempt(Delivery delivery, Runnable ended) {
    Webhook webhook = webhooks.get(delivery.tenant(), delivery.webhookId()).orElse(null);
    if (webhook == null) {
      letGo(delivery);
      deliveries.remove(delivery);
      ended.run();
      return;
    }
    if (!webhook.enabled()) {
      after(WHILE_DISABLED, delivery);
      ended.run();
      return;
    }
    ServedAlert alert = store.alert(delivery.tenant(), delivery.alertId()).orElse(null);
    if (alert == null) {
      Instant patience = delivery.createdAt().plus(VIEW_PATIENCE);
      if (delivery.attempts() == 0 && clock.instant().isBefore(patience)) {
        after(LOOK_AGAIN, delivery);
      } else {
        giveUp(delivery, delivery.attempts(), null, "the alert is not there any more");
      }
      ended.run();
      return;
    }
    Instant now = clock.instant();
    byte[] body = body(delivery, webhook, alert, now);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "nabz");
    headers.put("webhook-id", delivery.deliveryId());
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    headers.put(
        "webhook-signature",
        Signing.signatures(webhook.secretsAt(now), delivery.deliveryId(), now, body));
    sender
        .post(webhook.url(), headers, body)
        .whenComplete(
            (answer, error) -> {
              try {
                if (error == null) {
                  answered(delivery, webhook, answer);
                } else {
                  answered(delivery, webhook, new Sender.Answer(0, error.toString(), null));
                }
              } finally {
                ended.run();
              }
            });
  }

  private byte[] body(Delivery delivery, Webhook webhook, ServedAlert alert, Instant now) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", delivery.type());
    body.put("timestamp", now);
    body.put("tenant", delivery.tenant());
    body.put(
        "data",
        personal.alert(
            delivery.tenant(), alert, webhook.personalData() ? Sight.WHOLE : Sight.INDIRECT));
    return Json.bytes(body);
  }

  private void answered(Delivery delivery, Webhook webhook, Sender.Answer answer) {
    if (answer.isTaken()) {
      delivered.incrementAndGet();
      letGo(delivery);
      deliveries.remove(delivery);
      return;
    }
    failed.incrementAndGet();
    int attempts = delivery.attempts() + 1;
    Integer status = answer.status() == 0 ? null : answer.status();
    String error = answer.error() == null ? "answered " + answer.status() : answer.error();
    if (answer.status() == GONE) {
      LOG.warn("{} says that it is gone for good; it is disabled", webhook);
      webhooks.disable(webhook);
    }
    if (attempts >= options.attempts() || answer.status() == GONE) {
      giveUp(delivery, attempts, status, error);
      return;
    }
    Duration wait = options.waitAfter(attempts, ThreadLocalRandom.current().nextDouble());
    if (answer.retryAfter() != null && answer.retryAfter().compareTo(wait) > 0) {
      wait = min(answer.retryAfter(), LONGEST_ASKED_FOR);
    }
    Delivery next = delivery.failed(attempts, clock.instant().plus(wait), status, error);
    deliveries.keep(next);
    after(wait, next);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Sets aside what there is no room for. */
  CompletableFuture<Void> refuse(Delivery delivery, String reason) {
    return giveUp(delivery, 0, null, reason);
  }

  private CompletableFuture<Void> giveUp(
      Delivery delivery, int attempts, Integer status, String error) {
    letGo(delivery);
    CompletableFuture<Void> kept = deliveries.keep(delivery.failed(attempts, null, status, error));
    if (dead.incrementAndGet() % TRIM_EVERY == 0) {
      deliveries.trim(delivery.tenant(), delivery.webhookId());
    }
    LOG.warn(
        "gave up {} to webhook {} after {} attempts: {}",
        delivery.type(),
        delivery.webhookId(),
        attempts,
        error);
    return kept;
  }

  private void letGo(Delivery delivery) {
    held.remove(key(delivery));
  }

  private static String key(Delivery delivery) {
    return delivery.tenant() + '/' + delivery.webhookId() + '/' + delivery.deliveryId();
  }

  @Override
  public void close() {
    ticker.shutdownNow();
  }
}
