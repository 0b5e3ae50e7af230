package io.nabz.api.store;

import java.util.List;

/**
 * A page of alerts, newest first. It may hold fewer than asked for while there is more: a rare
 * filter looks through a bounded number of alerts at a time.
 *
 * @param next where the next page starts, or null at the end
 * @param live from where a stream misses nothing and repeats nothing of what this page knew
 */
public record AlertPage(List<ServedAlert> items, Position next, Position live) {
  public AlertPage {
    items = List.copyOf(items);
  }
}
