package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Alert;

/** An alert that is new or has changed, with the number of the change. */
public record AlertChange(String tenant, Position position, ServedAlert served) {
  public AlertChange {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(position, "position is null");
    requireNonNull(served, "served is null");
  }

  public Alert alert() {
    return served.alert();
  }
}
