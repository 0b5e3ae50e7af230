package io.nabz.api.store;

import java.util.List;

/**
 * A page of figures as the stream wrote them, newest interval first. It may hold fewer than asked
 * for while there is more.
 *
 * @param next where the next page starts, or null at the end
 */
public record KpiPage(List<byte[]> items, String next) {
  public KpiPage {
    items = List.copyOf(items);
  }
}
