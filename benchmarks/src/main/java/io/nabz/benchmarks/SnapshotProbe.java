package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.nabz.customer.CustomerLogic;
import io.nabz.model.CustomerKey;
import io.nabz.model.FlagCode;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Expects each event in some snapshot of its customer; its effect is readable with the first one
 * that has it. Most stand in the journey, which is newest first, so that reading stops at the first
 * event that is known already. The journey has few steps: when a snapshot came for more events than
 * that, its version says how many there are in it, and those that are not shown are the earliest.
 */
final class SnapshotProbe implements Probe {
  private static final byte[] JOURNEY = "\"journey\":[".getBytes(US_ASCII);
  private static final byte[] EVENT_ID = SequenceId.fieldPattern("eventId");

  private static final byte[] VERSION = "\"version\":".getBytes(US_ASCII);
  private static final byte[] FLAGS = "\"flags\":[".getBytes(US_ASCII);

  private static final ObjectReader FLAG_ARRAY =
      Json.mapper()
          .readerFor(Snapshot.Flag[].class)
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<String, OfCustomer> customers = new HashMap<>();

  /**
   * The events of one customer as they were sent, and the flags of the newest snapshot; not the
   * snapshot itself, since a million of them fill a heap.
   */
  private static final class OfCustomer {
    private long[] sequences = new long[8];
    private int sent;
    private int firstUnseen;
    private long seen;
    private Set<FlagCode> flags = Set.of();

    void sent(long sequence) {
      if (sent == sequences.length) {
        sequences = Arrays.copyOf(sequences, 2 * sent);
      }
      sequences[sent++] = sequence;
    }

    /** The snapshot has so many events. */
    void has(long events, EffectLog effects) {
      while (seen < events && firstUnseen < sent) {
        seen += effects.effect(sequences[firstUnseen++]) ? 1 : 0;
      }
    }
  }

  @Override
  public String title() {
    return "event -> snapshot";
  }

  @Override
  public String topic() {
    return Topic.SNAPSHOTS.topicName();
  }

  @Override
  public boolean everyEvent() {
    return true;
  }

  @Override
  public void sent(byte[] key, long sequence) {
    customers.computeIfAbsent(new String(key, UTF_8), ignored -> new OfCustomer()).sent(sequence);
  }

  @Override
  public void read(byte[] key, byte[] value, EffectLog effects) {
    if (key == null || value == null) {
      return;
    }
    OfCustomer customer =
        customers.computeIfAbsent(new String(key, UTF_8), ignored -> new OfCustomer());
    customer.flags = flags(value);
    if (customer.sent == 0) {
      return;
    }
    for (int at = SequenceId.endOf(JOURNEY, value, 0); at >= 0; ) {
      at = SequenceId.endOf(EVENT_ID, value, at);
      if (at < 0 || !effects.effect(SequenceId.digitsAt(value, at))) {
        break;
      }
      customer.seen++;
    }
    int version = SequenceId.endOf(VERSION, value, 0);
    if (version >= 0) {
      customer.has(CustomerLogic.eventsIn(SequenceId.digitsAt(value, version)), effects);
    }
  }

  /** The built-in rule and customer of each flag that holds in the newest snapshots. */
  Set<AlertProbe.Raised> flagsThatHold() {
    Set<AlertProbe.Raised> raised = new HashSet<>();
    customers.forEach(
        (key, customer) -> {
          String customerId = CustomerKey.parse(key).customerId();
          for (FlagCode flag : customer.flags) {
            raised.add(new AlertProbe.Raised(flag.ruleId(), customerId));
          }
        });
    return raised;
  }

  private static Set<FlagCode> flags(byte[] snapshot) {
    int at = SequenceId.endOf(FLAGS, snapshot, 0);
    if (at < 0 || snapshot[at] == ']') {
      return Set.of();
    }
    try {
      int array = at - 1;
      Snapshot.Flag[] flags = FLAG_ARRAY.readValue(snapshot, array, snapshot.length - array);
      Set<FlagCode> codes = EnumSet.noneOf(FlagCode.class);
      for (Snapshot.Flag flag : flags) {
        codes.add(flag.code());
      }
      return codes;
    } catch (IOException e) {
      throw new UncheckedIOException("the flags of a snapshot in the topic cannot be read", e);
    }
  }
}
