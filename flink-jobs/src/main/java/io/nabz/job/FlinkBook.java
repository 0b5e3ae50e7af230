package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.Book;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.codec.CustomerStateCodec;
import io.nabz.identity.Kept;
import io.nabz.model.SharedText;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A ledger's pages in keyed state: {@code ledger-base} and {@code ledger-events} hold the newest,
 * {@code ledger-former-base} and {@code ledger-former-events} the one before it. They are cleared
 * with the customer's own state.
 */
final class FlinkBook implements Book {
  static final ValueStateDescriptor<CustomerState> BASE =
      new ValueStateDescriptor<>("ledger-base", new CustomerStateSerializer());

  static final ValueStateDescriptor<CustomerState> FORMER_BASE =
      new ValueStateDescriptor<>("ledger-former-base", new CustomerStateSerializer());

  static final ListStateDescriptor<Kept> EVENTS =
      new ListStateDescriptor<>("ledger-events", TypeInformation.of(Kept.class));

  static final ListStateDescriptor<Kept> FORMER_EVENTS =
      new ListStateDescriptor<>("ledger-former-events", TypeInformation.of(Kept.class));

  private final ValueState<CustomerState> base;
  private final ValueState<CustomerState> formerBase;
  private final ListState<Kept> events;
  private final ListState<Kept> formerEvents;
  private final CustomerStateCodec codec = new CustomerStateCodec(SharedText::of);

  FlinkBook(
      ValueState<CustomerState> base,
      ValueState<CustomerState> formerBase,
      ListState<Kept> events,
      ListState<Kept> formerEvents) {
    this.base = requireNonNull(base, "base is null");
    this.formerBase = requireNonNull(formerBase, "formerBase is null");
    this.events = requireNonNull(events, "events is null");
    this.formerEvents = requireNonNull(formerEvents, "formerEvents is null");
  }

  @Override
  public CustomerState base(Page page) throws Exception {
    return bases(page).value();
  }

  @Override
  public void begin(Page page, CustomerState state, List<Kept> since) throws Exception {
    CustomerState base = copy(state);
    // What rules remember goes on with the customer, whatever is built anew.
    base.rules = null;
    base.rulesDueMs = CustomerState.NEVER;
    bases(page).update(base);
    if (since.isEmpty()) {
      logs(page).clear();
    } else {
      logs(page).update(since);
    }
  }

  @Override
  public List<Kept> events(Page page) throws Exception {
    List<Kept> all = new ArrayList<>();
    Iterable<Kept> log = logs(page).get();
    if (log != null) {
      log.forEach(all::add);
    }
    return all;
  }

  @Override
  public void add(Kept event) throws Exception {
    events.add(event);
  }

  @Override
  public void clear() {
    base.clear();
    formerBase.clear();
    events.clear();
    formerEvents.clear();
  }

  @Override
  public CustomerState copy(CustomerState state) {
    return codec.copy(state);
  }

  private ValueState<CustomerState> bases(Page page) {
    return page == Page.NEWEST ? base : formerBase;
  }

  private ListState<Kept> logs(Page page) {
    return page == Page.NEWEST ? events : formerEvents;
  }
}
