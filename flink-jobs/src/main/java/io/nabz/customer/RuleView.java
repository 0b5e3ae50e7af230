package io.nabz.customer;

import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.util.TokenBuffer;
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
 * it. Mostly by way of what writes the snapshot, so that rules see exactly what readers see, but
 * into tokens in place of bytes.
 */
final class RuleView implements CustomerView {
  private static final Map<String, ObjectReader> PARTS = new HashMap<>();

  static {
    // Behind a part stands the end of the object that it is in.
    ObjectReader reader = Json.mapper().reader().without(FAIL_ON_TRAILING_TOKENS);
    for (RecordComponent part : Snapshot.class.getRecordComponents()) {
      JavaType type = Json.mapper().constructType(part.getGenericType());
      PARTS.put(part.getName(), reader.forType(type));
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
    ObjectReader reader = PARTS.get(name);
    if (reader == null) {
      return null;
    }
    try (TokenBuffer written = new TokenBuffer(Json.mapper(), false)) {
      SnapshotWriter.facet(written, key, state, policy, name);
      return read(written, reader);
    } catch (IOException e) {
      throw new UncheckedIOException("a part of our own snapshot is not readable", e);
    }
  }

  /** What the one field of an object holds, or null of an empty one. */
  private static Object read(TokenBuffer object, ObjectReader reader) throws IOException {
    try (JsonParser tokens = object.asParser()) {
      tokens.nextToken();
      if (tokens.nextToken() != JsonToken.FIELD_NAME) {
        return null;
      }
      tokens.nextToken();
      return reader.readValue(tokens);
    }
  }
}
