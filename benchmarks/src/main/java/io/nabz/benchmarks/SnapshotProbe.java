package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Expects each event in the journey of some snapshot of its customer; its effect is readable with
 * the first one that has it. The journey is newest first, so reading stops where several events in
 * a row are known already; not at the first, for an event may come to its customer after a later
 * one if only one of the two had to pass identity.
 */
final class SnapshotProbe implements Probe {
  private static final byte[] JOURNEY = "\"journey\":[".getBytes(US_ASCII);
  private static final byte[] EVENT_ID = SequenceId.fieldPattern("eventId");

  private static final int KNOWN_IN_A_ROW = 4;

  private final Map<String, byte[]> newestByKey = new HashMap<>();

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
  public void read(byte[] key, byte[] value, EffectLog effects) {
    if (key == null || value == null) {
      return;
    }
    newestByKey.put(new String(key, UTF_8), value);
    int known = 0;
    int at = SequenceId.endOf(JOURNEY, value, 0);
    while (at >= 0 && known < KNOWN_IN_A_ROW) {
      at = SequenceId.endOf(EVENT_ID, value, at);
      if (at >= 0) {
        known = effects.effect(SequenceId.digitsAt(value, at)) ? 0 : known + 1;
      }
    }
  }

  /** The built-in rule and customer of each flag that holds in the newest snapshots. */
  Set<AlertProbe.Raised> flagsThatHold() {
    Set<AlertProbe.Raised> raised = new HashSet<>();
    newestByKey.forEach(
        (key, value) -> {
          String customerId = CustomerKey.parse(key).customerId();
          for (Snapshot.Flag flag : snapshot(value).flags()) {
            raised.add(new AlertProbe.Raised(flag.code().ruleId(), customerId));
          }
        });
    return raised;
  }

  private static Snapshot snapshot(byte[] value) {
    try {
      return Json.read(value, Snapshot.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a snapshot in the topic cannot be read", e);
    }
  }
}
