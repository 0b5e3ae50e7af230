package io.nabz.api.webhooks;

import static java.util.Objects.requireNonNull;

import io.nabz.api.settings.SettingsStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What waits to be told and what was given up, kept beside the webhooks. */
public final class Deliveries {
  /** How many may wait for one webhook; more are given up at once. */
  static final int MAX_WAITING = 10_000;

  /** How many that were given up are kept of one webhook, the newest. */
  static final int MAX_DEAD = 1_000;

  private static final String KIND = "delivery";

  private final SettingsStore settings;

  public Deliveries(SettingsStore settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** Of a webhook, oldest first. */
  public List<Delivery> list(String tenant, String webhookId) {
    return settings.list(tenant, kind(webhookId), Delivery.class).stream()
        .sorted(Comparator.comparing(Delivery::createdAt).thenComparing(Delivery::deliveryId))
        .toList();
  }

  public Optional<Delivery> get(String tenant, String webhookId, String deliveryId) {
    return settings.get(tenant, kind(webhookId), deliveryId, Delivery.class);
  }

  /** All that one replica has still to send. */
  List<Delivery> waitingOf(String owner) {
    return settings.everywhere(KIND, Delivery.class).stream()
        .filter(delivery -> !delivery.isDead() && delivery.owner().equals(owner))
        .sorted(Comparator.comparing(Delivery::createdAt))
        .toList();
  }

  int count(String tenant, String webhookId) {
    return settings.count(tenant, kind(webhookId));
  }

  /** Keeps it as it is now; complete when the broker has it. */
  CompletableFuture<Void> keep(Delivery delivery) {
    return settings.later(
        delivery.tenant(), kind(delivery.webhookId()), delivery.deliveryId(), delivery);
  }

  CompletableFuture<Void> remove(Delivery delivery) {
    return settings.later(
        delivery.tenant(), kind(delivery.webhookId()), delivery.deliveryId(), null);
  }

  /** Lets go of the oldest of those that were given up. */
  void trim(String tenant, String webhookId) {
    List<Delivery> dead = list(tenant, webhookId).stream().filter(Delivery::isDead).toList();
    dead.subList(0, Math.max(0, dead.size() - MAX_DEAD)).forEach(this::remove);
  }

  private static String kind(String webhookId) {
    return KIND + '/' + webhookId;
  }
}
