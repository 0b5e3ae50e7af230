package io.nabz.customer;

import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.rules.engine.CustomerView;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The customer as rules see it: the snapshot, made when the first rule asks. */
final class RuleView implements CustomerView {
  private final CustomerKey key;
  private final CustomerState state;
  private final CustomerPolicy policy;
  private Snapshot snapshot;

  RuleView(CustomerKey key, CustomerState state, CustomerPolicy policy) {
    this.key = key;
    this.state = state;
    this.policy = policy;
  }

  @Override
  public Object facet(String name) {
    Snapshot now = snapshot();
    return switch (name) {
      case "customerId" -> now.customerId();
      case "version" -> now.version();
      case "asOf" -> now.asOf();
      case "identity" -> now.identity();
      case "relationships" -> now.relationships();
      case "currentActivity" -> now.currentActivity();
      case "history" -> now.history();
      case "value" -> now.value();
      case "sentiment" -> now.sentiment();
      case "flags" -> now.flags();
      case "actions" -> now.actions();
      case "freshness" -> now.freshness();
      default -> null;
    };
  }

  @Override
  public Live live() {
    ContactRecord live = Flags.liveContact(state);
    return live == null ? Live.NOBODY : new Live(live.agentId, live.contactId, live.queue);
  }

  /** By way of the bytes, so that rules see exactly what readers see. */
  private Snapshot snapshot() {
    if (snapshot == null) {
      try {
        snapshot = Json.read(SnapshotWriter.bytes(key, state, policy), Snapshot.class);
      } catch (IOException e) {
        throw new UncheckedIOException("a snapshot of our own is not readable", e);
      }
    }
    return snapshot;
  }
}
