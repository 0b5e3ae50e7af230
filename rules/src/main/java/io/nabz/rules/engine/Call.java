package io.nabz.rules.engine;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What one call of the engine is about.
 *
 * @param receivedAt when the broker had the event, or null while time alone is at work
 * @param detectedAt the wall clock; goes into the alert and nowhere else
 * @param alerts is told each alert, open or retracted
 */
public record Call(
    CustomerKey key,
    CustomerView customer,
    Instant receivedAt,
    Instant detectedAt,
    Consumer<Alert> alerts) {
  public Call {
    requireNonNull(key, "key is null");
    requireNonNull(customer, "customer is null");
    requireNonNull(detectedAt, "detectedAt is null");
    requireNonNull(alerts, "alerts is null");
  }
}
