package io.nabz.backtest;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.SeenIds;
import io.nabz.model.CustomerKey;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.engine.RuleState;
import java.util.ArrayList;
import java.util.List;

/** What a backtest remembers of one customer, or of one value that a rule tells apart. */
final class Subject {
  private static final int OBJECT_BYTES = 400;

  /** Null of a value. */
  final CustomerKey key;

  /** Null of a customer. */
  final CrowdKey crowd;

  final RuleState draft = new RuleState();
  final RuleState live = new RuleState();

  /** What is kept and not matched, in the order in which it came. */
  final List<Seed.Event> kept = new ArrayList<>(0);

  /** The customer as the stream would know it; null where no rule asks. */
  final CustomerState state;

  /** Stands in for the customer's own where there is none. */
  final SeenIds seen;

  long newestMs = Long.MIN_VALUE;
  int bytes;

  Subject(CustomerKey key, boolean whole) {
    this.key = key;
    this.crowd = null;
    this.state = whole ? new CustomerState() : null;
    this.seen = whole ? null : new SeenIds();
  }

  Subject(CrowdKey crowd) {
    this.key = null;
    this.crowd = crowd;
    this.state = null;
    this.seen = new SeenIds();
  }

  long dueMs() {
    return Math.min(draft.dueMs(), live.dueMs());
  }

  boolean hasNothingUnderWay() {
    return draft.isEmpty() && live.isEmpty() && kept.isEmpty();
  }

  /** Roughly. */
  int weigh() {
    int own = state == null ? 8 * seen.hashes.length : state.heapBytes();
    int keptBytes = kept.stream().mapToInt(event -> event.bytes().length).sum();
    return OBJECT_BYTES + draft.heapBytes() + live.heapBytes() + own + keptBytes;
  }
}
