package io.nabz.api.store;

import com.fasterxml.jackson.databind.util.RawValue;
import java.util.List;

/**
 * A page of touchpoints as they came, newest first.
 *
 * @param nextCursor where the next page starts, or null at the end
 */
public record TimelinePage(List<RawValue> items, String nextCursor) {
  public TimelinePage {
    items = List.copyOf(items);
  }
}
