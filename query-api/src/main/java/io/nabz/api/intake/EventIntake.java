package io.nabz.api.intake;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.CustomerResolver;
import io.nabz.model.DeadLetterHeaders;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.Refusal;
import io.nabz.model.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Judges events and hands the good ones to the log, the others to the dead letters, where nothing
 * is lost either. The tenant is the credential's, whatever the event says.
 */
public final class EventIntake {
  private static final String ORIGIN = "http";

  private final EventDecoder decoder;
  private final CustomerResolver resolver;
  private final EventLog log;
  private final Clock clock;

  public EventIntake(CustomerResolver resolver, EventLog log, Clock clock) {
    this.resolver = requireNonNull(resolver, "resolver is null");
    this.decoder = new EventDecoder(resolver);
    this.log = requireNonNull(log, "log is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Takes CloudEvents in JSON; see {@link #accept(String, String, List, Function)}. */
  public CompletableFuture<IntakeResult> accept(String tenant, List<byte[]> events) {
    return accept(tenant, ORIGIN, events, this::parsed);
  }

  /**
   * Takes messages of any kind.
   *
   * @param origin where they come from, for the dead letters
   * @param messages the bytes of each, as it came
   * @param reading makes events of one; called for one after the other
   * @return completes when the broker has every event and every dead letter; fails with {@link
   *     EventLog.UnavailableException} otherwise
   */
  public CompletableFuture<IntakeResult> accept(
      String tenant, String origin, List<byte[]> messages, Function<byte[], Incoming> reading) {
    Instant now = clock.instant();
    List<Outgoing> records = new ArrayList<>(messages.size());
    List<IntakeResult.Error> errors = new ArrayList<>();
    int refused = 0;
    for (int index = 0; index < messages.size(); index++) {
      byte[] bytes = messages.get(index);
      Refusal refusal = read(tenant, reading.apply(bytes), now, records);
      if (refusal == null) {
        continue;
      }
      records.add(deadLetter(tenant, origin, bytes, refusal));
      refused++;
      if (errors.size() < IntakeResult.MAX_ERRORS) {
        errors.add(new IntakeResult.Error(index, refusal.reason().code(), refusal.detail()));
      }
    }
    IntakeResult result = new IntakeResult(records.size() - refused, refused, errors);
    return log.append(records).thenApply(kept -> result);
  }

  /** Adds the good events to the records; returns why one of them, or the whole, is none. */
  private Refusal read(String tenant, Incoming incoming, Instant now, List<Outgoing> records) {
    Refusal refusal = incoming.refusal();
    for (JsonNode root : incoming.events()) {
      Judged judged = judge(tenant, root, now);
      if (judged.refusal() == null) {
        records.add(new Outgoing(Topic.EVENTS, key(judged.event()), judged.bytes(), Map.of()));
      } else {
        refusal = judged.refusal();
      }
    }
    return refusal;
  }

  private Incoming parsed(byte[] bytes) {
    if (bytes.length > 0 && bytes.length <= EventDecoder.MAX_EVENT_BYTES) {
      try {
        return Incoming.of(Json.tree(bytes));
      } catch (IOException e) {
        // The decoder says what is wrong with it.
      }
    }
    return Incoming.refused(decoder.decode(bytes, clock.instant()).refusal());
  }

  /** An event with the bytes to keep, or a refusal. */
  private record Judged(Event event, byte[] bytes, Refusal refusal) {}

  private Judged judge(String tenant, JsonNode root, Instant now) {
    if (root instanceof ObjectNode object) {
      object.put("tenant", tenant);
    }
    EventDecoder.Result result = decoder.decode(root, now);
    if (result.refusal() != null) {
      return new Judged(null, null, result.refusal());
    }
    return written(result.event(), root);
  }

  /** The whole envelope is kept, with attributes that the event model does not name. */
  private static Judged written(Event event, JsonNode root) {
    try {
      byte[] bytes = Json.bytes(root);
      return bytes.length > EventDecoder.MAX_EVENT_BYTES
          ? new Judged(null, null, EventDecoder.tooLarge().refusal())
          : new Judged(event, bytes, null);
    } catch (UncheckedIOException e) {
      // A number such as 1e99999 is short to send and endless to write.
      return new Judged(
          null,
          null,
          new Refusal(
              Refusal.Reason.BAD_DATA, "a number has an exponent out of range; send a plain one"));
    }
  }

  private String key(Event event) {
    if (!EventTypes.isCustomerless(event.type())) {
      return resolver.resolve(event).toString();
    }
    String agent = event.type().startsWith("agent.") ? event.text("agentId") : null;
    return event.tenant() + '/' + (agent == null ? event.source() : agent);
  }

  /** The original bytes; of one that is too large for the broker, as much as an event may have. */
  private static Outgoing deadLetter(String tenant, String origin, byte[] bytes, Refusal refusal) {
    byte[] kept =
        bytes.length > EventDecoder.MAX_EVENT_BYTES
            ? Arrays.copyOf(bytes, EventDecoder.MAX_EVENT_BYTES)
            : bytes;
    return new Outgoing(
        Topic.DEAD_LETTERS,
        tenant + '/' + origin,
        kept,
        Map.of(
            DeadLetterHeaders.REASON, refusal.reason().code(),
            DeadLetterHeaders.DETAIL, refusal.detail(),
            DeadLetterHeaders.ORIGIN, origin));
  }
}
