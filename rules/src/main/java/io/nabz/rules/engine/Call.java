package io.nabz.rules.engine;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What one call of the engine is about: a customer, or a value that events of many customers have
 * in common.
 *
 * @param key null across customers
 * @param crowd null unless across customers
 * @param receivedAt when the broker had the event, or null while time alone is at work
 * @param detectedAt the wall clock; goes into the alert and nowhere else
 * @param alerts is told each alert, open or retracted
 */
public record Call(
    CustomerKey key,
    CrowdKey crowd,
    CustomerView customer,
    Instant receivedAt,
    Instant detectedAt,
    Consumer<Alert> alerts) {
  public Call {
    if ((key == null) == (crowd == null)) {
      throw new IllegalArgumentException("a call is about either a customer or a crowd");
    }
    requireNonNull(customer, "customer is null");
    requireNonNull(detectedAt, "detectedAt is null");
    requireNonNull(alerts, "alerts is null");
  }

  /** About one customer. */
  public Call(
      CustomerKey key,
      CustomerView customer,
      Instant receivedAt,
      Instant detectedAt,
      Consumer<Alert> alerts) {
    this(requireNonNull(key, "key is null"), null, customer, receivedAt, detectedAt, alerts);
  }

  /**
   * About many customers.
   *
   * @param customerId whose event it is; null while time alone is at work
   */
  public static Call across(
      CrowdKey crowd,
      String customerId,
      Instant receivedAt,
      Instant detectedAt,
      Consumer<Alert> alerts) {
    return new Call(null, crowd, new CrowdMember(customerId), receivedAt, detectedAt, alerts);
  }

  /** The same about an event that came earlier. */
  Call at(Instant then) {
    return new Call(key, crowd, customer, then, detectedAt, alerts);
  }
}
