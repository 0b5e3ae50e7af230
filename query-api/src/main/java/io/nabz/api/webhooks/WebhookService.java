package io.nabz.api.webhooks;

import static java.util.Objects.requireNonNull;

import io.nabz.api.kafka.KafkaSettings;
import io.nabz.api.rules.RuleStore;
import io.nabz.api.settings.SettingsStore;
import io.nabz.api.store.ViewStore;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.StableHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Webhooks, running: hears of alerts, keeps what is to be told, and tells it. */
public final class WebhookService implements AutoCloseable {
  private static final Duration KNOWN = Duration.ofMinutes(10);

  /** Alerts that the stream has told twice, after a failure, are known again among so many. */
  private static final int REMEMBERED = 50_000;

  private final SettingsStore settings;
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final RuleStore rules;
  private final Dispatcher dispatcher;
  private final Sender sender;
  private final AlertTap tap;
  private final Clock clock;
  private final String replica;
  private final Thread starting = new Thread(this::takeUp, "nabz-webhook-start");
  private final Set<String> heard =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<String, Boolean>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /**
   * @param replicaFile holds the name under which this replica keeps what it has to send
   */
  public WebhookService(
      KafkaSettings kafka,
      SettingsStore settings,
      RuleStore rules,
      ViewStore store,
      WebhookOptions options,
      Path replicaFile,
      Clock clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.replica = replica(replicaFile);
    this.webhooks = new Webhooks(settings, options, clock);
    this.deliveries = new Deliveries(settings);
    this.sender = new Sender(options);
    this.dispatcher = new Dispatcher(webhooks, deliveries, store, sender, options, clock);
    this.tap = new AlertTap(kafka, this::heard);
  }

  public void start() {
    starting.start();
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  /** Whether this replica hears of alerts. */
  public boolean isFollowing() {
    return tap.isFollowing();
  }

  public long delivered() {
    return dispatcher.delivered();
  }

  public long failed() {
    return dispatcher.failed();
  }

  public long dead() {
    return dispatcher.dead();
  }

  /** Takes the webhook out with all that waits for it; false when there is none. */
  public boolean delete(String tenant, String id) {
    if (!webhooks.delete(tenant, id)) {
      return false;
    }
    deliveries.list(tenant, id).forEach(deliveries::remove);
    return true;
  }

  /** Sends once more what was given up; empty when there is no such thing. */
  public Optional<Delivery> resend(String tenant, String webhookId, String deliveryId) {
    return deliveries
        .get(tenant, webhookId, deliveryId)
        .filter(Delivery::isDead)
        .map(
            delivery -> {
              Delivery again = delivery.again(clock.instant(), replica);
              deliveries.keep(again).join();
              dispatcher.take(again);
              return again;
            });
  }

  /** What waits from before goes first; alerts are listened to once the webhooks are known. */
  private void takeUp() {
    try {
      if (settings.awaitKnown(KNOWN)) {
        deliveries.waitingOf(replica).forEach(dispatcher::take);
      }
      tap.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps what the alert leads to and starts telling it. */
  private CompletableFuture<?> heard(String tenant, Alert alert) {
    String type = alert.state() == AlertState.RETRACTED ? "alert.retracted" : "alert.opened";
    // Who is in the hold-out group is to hear of nothing, or the uplift could not be told.
    if (alert.offer() != null && "holdout".equals(alert.offer().group())) {
      return CompletableFuture.completedFuture(null);
    }
    String named =
        rules
            .get(tenant, alert.ruleId())
            .map(rule -> rule.path("then").path("webhook").textValue())
            .orElse(null);
    List<CompletableFuture<?>> kept = new ArrayList<>();
    for (Webhook webhook : webhooks.of(tenant, alert, named)) {
      Delivery delivery = delivery(webhook, alert, type);
      String known = webhook.tenant() + '/' + webhook.id() + '/' + delivery.deliveryId();
      if (heard.add(known)) {
        kept.add(
            keep(delivery)
                .whenComplete(
                    (nothing, error) -> {
                      if (error != null) {
                        // It will be read again, and is then news again.
                        heard.remove(known);
                      }
                    }));
      }
    }
    return CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<?> keep(Delivery delivery) {
    if (deliveries.count(delivery.tenant(), delivery.webhookId())
        >= Deliveries.MAX_WAITING + Deliveries.MAX_DEAD) {
      return dispatcher.refuse(delivery, "too many wait already");
    }
    return deliveries.keep(delivery).thenRun(() -> dispatcher.take(delivery));
  }

  private Delivery delivery(Webhook webhook, Alert alert, String type) {
    Instant now = clock.instant();
    return new Delivery(
        webhook.tenant(),
        webhook.id(),
        "msg_" + StableHash.id(webhook.tenant(), webhook.id(), alert.alertId(), type),
        alert.alertId(),
        alert.customerId(),
        type,
        Delivery.WAITING,
        0,
        now,
        now,
        null,
        null,
        replica);
  }

  private static String replica(Path file) {
    try {
      if (Files.exists(file)) {
        return Files.readString(file).strip();
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      String fresh = UUID.randomUUID().toString();
      Files.writeString(file, fresh + "\n");
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot keep this replica's name in " + file + "; make the folder writable", e);
    }
  }

  @Override
  public void close() throws Exception {
    starting.interrupt();
    starting.join(Duration.ofSeconds(1).toMillis());
    tap.close();
    dispatcher.close();
    sender.close();
  }
}
