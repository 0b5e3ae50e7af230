package io.nabz.customer;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.rules.engine.CustomerView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The customer as rules see it: the parts of the snapshot, each made when the first rule asks for
 * it. Mostly by way of the JSON, so that rules see exactly what readers see.
 */
final class RuleView implements CustomerView {
  private static final Map<String, JavaType> PARTS = new HashMap<>();

  static {
    for (RecordComponent part : Snapshot.class.getRecordComponents()) {
      PARTS.put(part.getName(), Json.mapper().constructType(part.getGenericType()));
    }
  }

  private final CustomerKey key;
  private final CustomerState state;
  private final CustomerPolicy policy;
  private final Map<String, Object> made = new HashMap<>(4);

  RuleView(CustomerKey key, CustomerState state, CustomerPolicy policy) {
    this.key = key;
    this.state = state;
    this.policy = policy;
  }

  @Override
  public Object facet(String name) {
    return switch (name) {
      case "customerId" -> key.customerId();
      case "version" -> CustomerLogic.version(state);
      case "asOf" -> Instant.ofEpochMilli(state.nowMs);
      case "value" -> made.computeIfAbsent(name, ignored -> Worth.of(state));
      default -> made.computeIfAbsent(name, this::make);
    };
  }

  @Override
  public Live live() {
    ContactRecord live = Flags.liveContact(state);
    return live == null ? Live.NOBODY : new Live(live.agentId, live.contactId, live.queue);
  }

  private Object make(String name) {
    try {
      JsonNode part = Json.tree(SnapshotWriter.facet(key, state, policy, name)).get(name);
      return part == null ? null : Json.mapper().treeToValue(part, PARTS.get(name));
    } catch (IOException e) {
      throw new UncheckedIOException("a part of our own snapshot is not readable", e);
    }
  }
}
