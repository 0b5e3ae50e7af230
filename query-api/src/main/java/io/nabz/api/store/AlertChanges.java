package io.nabz.api.store;

import java.util.List;

/**
 * A piece of the log of changes.
 *
 * @param scannedTo every change up to it has been looked at
 */
public record AlertChanges(List<AlertChange> items, Position scannedTo) {
  public AlertChanges {
    items = List.copyOf(items);
  }
}
