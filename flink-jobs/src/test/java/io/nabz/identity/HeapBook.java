package io.nabz.identity;

import io.nabz.customer.Book;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.codec.CustomerStateCodec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A ledger's pages on the heap. */
final class HeapBook implements Book {
  private final CustomerStateCodec codec = new CustomerStateCodec();
  private final Map<Page, CustomerState> bases = new EnumMap<>(Page.class);
  private final Map<Page, List<Kept>> logs = new EnumMap<>(Page.class);

  @Override
  public CustomerState base(Page page) {
    return bases.get(page);
  }

  @Override
  public void begin(Page page, CustomerState base, List<Kept> events) {
    bases.put(page, copy(base));
    logs.put(page, new ArrayList<>(events));
  }

  @Override
  public List<Kept> events(Page page) {
    return logs.getOrDefault(page, List.of());
  }

  @Override
  public void add(Kept event) {
    logs.get(Page.NEWEST).add(event);
  }

  @Override
  public void clear() {
    bases.clear();
    logs.clear();
  }

  boolean isEmpty() {
    return bases.isEmpty() && logs.isEmpty();
  }

  @Override
  public CustomerState copy(CustomerState state) {
    return codec.copy(state);
  }
}
