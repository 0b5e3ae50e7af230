package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.identity.Kept;
import java.util.List;

/**
 * What a {@link Ledger} keeps beside the state of one customer: two pages, each with the state that
 * it begins with and the events since then.
 */
public interface Book {
  /** Null when there is no such page. */
  CustomerState base(Page page) throws Exception;

  /** Begins the page; keeps a copy. */
  void begin(Page page, CustomerState base, List<Kept> events) throws Exception;

  List<Kept> events(Page page) throws Exception;

  /** To the newest page. */
  void add(Kept event) throws Exception;

  void clear() throws Exception;

  CustomerState copy(CustomerState state);

  /** The newest page, and the one before it. */
  enum Page {
    NEWEST,
    FORMER
  }
}
