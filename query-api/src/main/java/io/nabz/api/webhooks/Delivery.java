package io.nabz.api.webhooks;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One thing to tell to one webhook. It holds no words of the alert: those are read when it is sent,
 * so what has been erased meanwhile cannot go out.
 *
 * @param deliveryId the {@code webhook-id}, the same for every attempt
 * @param customerId null of an alert across customers
 * @param type {@code alert.opened} or {@code alert.retracted}
 * @param state {@code waiting} or {@code dead}
 * @param attempts that have failed
 * @param nextAt when it is tried next; null of a dead one
 * @param error why the last attempt failed; null before one has
 * @param owner the replica that sends it
 */
public record Delivery(
    String tenant,
    String webhookId,
    String deliveryId,
    String alertId,
    String customerId,
    String type,
    String state,
    int attempts,
    Instant createdAt,
    Instant nextAt,
    Integer status,
    String error,
    String owner) {
  public static final String WAITING = "waiting";
  public static final String DEAD = "dead";

  public Delivery {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(webhookId, "webhookId is null");
    requireNonNull(deliveryId, "deliveryId is null");
    requireNonNull(alertId, "alertId is null");
    requireNonNull(type, "type is null");
    requireNonNull(state, "state is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(owner, "owner is null");
  }

  boolean isDead() {
    return state.equals(DEAD);
  }

  Delivery failed(int inAll, Instant next, Integer newStatus, String newError) {
    return copy(next == null ? DEAD : WAITING, inAll, next, newStatus, newError, owner);
  }

  Delivery again(Instant at, String newOwner) {
    return copy(WAITING, 0, at, status, error, newOwner);
  }

  private Delivery copy(
      String newState,
      int newAttempts,
      Instant next,
      Integer newStatus,
      String newError,
      String newOwner) {
    return new Delivery(
        tenant,
        webhookId,
        deliveryId,
        alertId,
        customerId,
        type,
        newState,
        newAttempts,
        createdAt,
        next,
        newStatus,
        newError,
        newOwner);
  }
}
