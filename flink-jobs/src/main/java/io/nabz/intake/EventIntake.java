package io.nabz.intake;

import static java.util.Objects.requireNonNull;

import io.nabz.identity.MentionReader;
import io.nabz.kpi.Facts;
import io.nabz.model.CustomerKey;
import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.Refusal;
import io.nabz.model.StableHash;
import java.time.Instant;

/**
 * Turns the bytes of a Kafka record into an {@link IntakeRecord}; never throws for what is in them.
 */
public final class EventIntake {
  private final CustomerResolver resolver;
  private final EventDecoder decoder;
  private final MentionReader mentions;
  private final IdentifierNormaliser normaliser;
  private final SignsOfLife signs = new SignsOfLife();

  /**
   * @param defaultRegion ISO 3166 code for phone numbers written without their country code
   */
  public EventIntake(String defaultRegion) {
    requireNonNull(defaultRegion, "defaultRegion is null");
    this.normaliser = new IdentifierNormaliser(defaultRegion);
    this.resolver = new CustomerResolver(normaliser);
    this.decoder = new EventDecoder(resolver);
    this.mentions = new MentionReader(normaliser);
  }

  /**
   * @param receivedAtMs the record's append time, epoch milliseconds
   * @param origin where it came from, only asked for when it is refused
   */
  public IntakeRecord read(byte[] bytes, long receivedAtMs, Origin origin) {
    IntakeRecord record = new IntakeRecord();
    record.receivedAtMs = receivedAtMs;
    record.bytes = bytes == null ? new byte[0] : bytes;
    EventDecoder.Result result = decoder.decode(bytes, Instant.ofEpochMilli(receivedAtMs));
    if (result.refusal() != null) {
      return refused(record, result.refusal(), origin);
    }
    Event event = result.event();
    CustomerKey key = resolver.resolve(event);
    record.customerKey = key == null ? null : key.toString();
    record.eventTimeMs = event.time().toEpochMilli();
    record.hash = StableHash.pair(event.source(), event.id());
    record.mentions = key == null ? null : mentions.read(event, key);
    record.facts = Facts.of(event, key);
    record.sign = signs.of(event.tenant(), event.source(), record.clockMs());
    record.otherEnd = OtherEnd.of(event, key, normaliser);
    return record;
  }

  /**
   * The same of an event in binary mode.
   *
   * @param bytes the record's value, which is the dead letter when no event can be made of it
   */
  public IntakeRecord read(BinaryEvent event, byte[] bytes, long receivedAtMs, Origin origin) {
    if (event.refusal() == null) {
      return read(event.structured(), receivedAtMs, origin);
    }
    IntakeRecord record = new IntakeRecord();
    record.receivedAtMs = receivedAtMs;
    record.bytes = bytes == null ? new byte[0] : bytes;
    return refused(record, event.refusal(), origin);
  }

  /** Events of sources that are too many to be watched for silence. */
  public long unwatched() {
    return signs.passedOver();
  }

  private static IntakeRecord refused(IntakeRecord record, Refusal refusal, Origin origin) {
    record.refusal = refusal.reason().code();
    record.refusalDetail = refusal.detail();
    record.origin = origin.describe();
    return record;
  }

  /** Names the place of a record. */
  @FunctionalInterface
  public interface Origin {
    /** {@code topic/partition/offset}. */
    String describe();
  }
}
