package io.nabz.api.store;

import io.nabz.model.CustomerKey;
import io.nabz.model.Identifier;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who comes into which segment and who leaves: by a snapshot, compared with the one before it, and
 * by the passing of time, minute by minute. What is found is written down in the same step as the
 * snapshot, and taken off the list only when it was told; so a kill loses none. Who is forgotten,
 * or turns out to be somebody else, leaves silently: an event would bring them back.
 */
final class SegmentMoves {
  static final Duration PACE = Duration.ofMinutes(1);
  static final byte[] ALL = Keys.own("segment-moves").done();

  private static final byte[] COUNTER = Keys.own("segment-move-count").done();
  static final byte[] CLOCK = Keys.own("segment-clock").done();

  /** Up to which offset a partition of snapshots was there before the view was. */
  static final byte[] QUIET = Keys.own("quiet").done();

  private static final byte[] NOTHING = new byte[0];

  private SegmentMoves() {}

  /**
   * Notes what a snapshot changes.
   *
   * @param before null for a customer who is new
   * @param after null for one who is forgotten
   * @param now what {@code after} is of
   */
  static void write(
      Transaction to,
      CustomerKey key,
      SearchFields before,
      SearchFields after,
      Snapshot now,
      Map<String, Iterable<WatchedSegment>> segments) {
    keepLastContact(to, key, before, after);
    Iterable<WatchedSegment> ofTenant = segments.get(key.tenant());
    if (ofTenant == null || after == null || after.equals(before)) {
      return;
    }
    Instant clock = clock(to);
    for (WatchedSegment segment : ofTenant) {
      boolean isIn = segment.test().test(after, clock);
      boolean wasIn = before != null && segment.test().test(before, clock);
      if (isIn != wasIn) {
        put(
            to,
            SegmentMove.of(key, segment, isIn, now.version(), now.asOf(), identifiers(key, after)));
      }
    }
  }

  private static void keepLastContact(
      Transaction to, CustomerKey key, SearchFields before, SearchFields after) {
    Instant former = before == null ? null : before.lastContactAt();
    Instant last = after == null ? null : after.lastContactAt();
    if (former != null && !former.equals(last)) {
      to.delete(Column.LAST_CONTACTS, contactKey(key, former));
    }
    if (last != null) {
      to.put(Column.LAST_CONTACTS, contactKey(key, last), NOTHING);
    }
  }

  /** Up to when the passing of time has been looked at. */
  static Instant clock(Transaction to) {
    return Instant.ofEpochMilli(to.getLong(Column.META, CLOCK));
  }

  static Instant clock(Reader reader) {
    return Instant.ofEpochMilli(reader.getLong(Column.META, CLOCK));
  }

  /** Customers of the tenant whom time has taken over one of the ages between two moments. */
  static Set<CustomerKey> aged(
      Reader reader, String tenant, Iterable<WatchedSegment> segments, Instant from, Instant to) {
    Set<CustomerKey> aged = new HashSet<>();
    for (WatchedSegment segment : segments) {
      for (Duration age : segment.ages()) {
        // One more on either side: a segment may ask for more than the age, or for it exactly.
        long last = place(to.minus(age)) + 1;
        byte[] prefix = Keys.of(tenant).done();
        reader.ascend(
            Column.LAST_CONTACTS,
            prefix,
            Keys.of(tenant).number(place(from.minus(age)) - 1).done(),
            (key, nothing) -> {
              if (ByteBuffer.wrap(key).getLong(prefix.length) > last) {
                return false;
              }
              aged.add(new CustomerKey(tenant, customerOf(key, prefix.length)));
              return true;
            });
      }
    }
    return aged;
  }

  /** Notes what the passing of time up to a moment changes, and that it has been looked at. */
  static void pass(
      Transaction to,
      Map<String, Iterable<WatchedSegment>> segments,
      Set<CustomerKey> aged,
      Instant until) {
    Instant from = clock(to);
    to.put(Column.META, CLOCK, Keys.longBytes(until.toEpochMilli()));
    for (CustomerKey key : aged) {
      Snapshot snapshot = SnapshotView.snapshot(to, key);
      if (snapshot == null) {
        continue;
      }
      SearchFields fields = SearchFields.of(snapshot);
      for (WatchedSegment segment : segments.get(key.tenant())) {
        boolean isIn = segment.test().test(fields, until);
        if (isIn != segment.test().test(fields, from)) {
          put(
              to,
              SegmentMove.of(
                  key, segment, isIn, snapshot.version(), until, identifiers(key, fields)));
        }
      }
    }
  }

  private static void put(Transaction to, SegmentMove move) {
    long number = to.add(Column.META, COUNTER, 1);
    to.put(Column.SEGMENT_MOVES, Keys.own("segment-moves").number(number).done(), Json.bytes(move));
  }

  /** The oldest that are still to be told, by number. */
  static List<Map.Entry<Long, SegmentMove>> waiting(Reader reader, int limit) {
    List<Map.Entry<Long, SegmentMove>> waiting = new ArrayList<>();
    reader.ascend(
        Column.SEGMENT_MOVES,
        ALL,
        ALL,
        (key, value) -> {
          try {
            waiting.add(Map.entry(Keys.lastLong(key), Json.read(value, SegmentMove.class)));
          } catch (IOException e) {
            throw new UncheckedIOException("the list of segment moves is damaged", e);
          }
          return waiting.size() < limit;
        });
    return waiting;
  }

  static byte[] quietKey(int partition) {
    return Keys.own("quiet").number(partition).done();
  }

  static long quietUntil(Transaction to, ViewRecord record) {
    return to.getLong(Column.META, quietKey(record.partition()));
  }

  /** An event about a provisional customer names the handle, so that it goes where that goes. */
  private static Map<String, List<String>> identifiers(CustomerKey key, SearchFields fields) {
    return key.customerId().charAt(0) == Identifier.PROVISIONAL ? fields.identifiers() : Map.of();
  }

  private static byte[] contactKey(CustomerKey key, Instant time) {
    return Keys.of(key.tenant()).number(place(time)).text(key.customerId()).done();
  }

  private static long place(Instant time) {
    return Math.max(1, time.toEpochMilli());
  }

  private static String customerOf(byte[] key, int prefixLength) {
    int from = prefixLength + Long.BYTES + Integer.BYTES;
    return new String(key, from, key.length - from, StandardCharsets.UTF_8);
  }
}
