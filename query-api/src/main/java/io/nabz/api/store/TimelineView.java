package io.nabz.api.store;

import com.fasterxml.jackson.databind.util.RawValue;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.Touchpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** All touchpoints of each customer in the order of their time; a repeated one replaces itself. */
final class TimelineView {
  static final List<Column> COLUMNS = List.of(Column.TIMELINE, Column.VOICE, Column.ORDERS);

  private static final String GONE_FIELD = "\"takenBack\":";

  private TimelineView() {}

  /**
   * @param json null to forget the customer's whole timeline
   */
  static void write(Transaction to, CustomerKey key, byte[] json) throws IOException {
    if (json == null) {
      for (byte[] at : to.keysUnder(Column.TIMELINE, prefix(key))) {
        VoiceTexts.forget(to, key, to.get(Column.TIMELINE, at));
        OrderTimes.forget(to, at);
        to.delete(Column.TIMELINE, at);
      }
      return;
    }
    Touchpoint touchpoint = Json.read(json, Touchpoint.class);
    byte[] at =
        Keys.of(key.tenant())
            .text(key.customerId())
            .number(orderable(touchpoint.time().toEpochMilli()))
            .text(touchpoint.eventId())
            .done();
    if (isTakenBack(json)) {
      OrderTimes.forget(to, at);
      to.delete(Column.TIMELINE, at);
    } else {
      to.put(Column.TIMELINE, at, json);
      VoiceTexts.write(to, key, touchpoint, at);
      OrderTimes.write(to, touchpoint, at);
    }
  }

  /** Whether it is a {@link io.nabz.model.TouchpointGone}, which has nothing but its place. */
  private static boolean isTakenBack(byte[] json) throws IOException {
    return new String(json, StandardCharsets.ISO_8859_1).contains(GONE_FIELD)
        && Json.tree(json).path("takenBack").asBoolean();
  }

  /** Pages from the newest to the oldest; the cursor is the key that comes next. */
  static TimelinePage page(Reader reader, CustomerKey key, int limit, String cursor) {
    byte[] prefix = prefix(key);
    byte[] from = cursor == null ? Keys.after(prefix) : place(prefix, cursor);
    List<RawValue> items = new ArrayList<>();
    List<String> next = new ArrayList<>(1);
    reader.descend(
        Column.TIMELINE,
        prefix,
        from,
        (at, json) -> {
          if (items.size() == limit) {
            next.add(cursor(at, prefix));
            return false;
          }
          items.add(new RawValue(new String(json, StandardCharsets.UTF_8)));
          return true;
        });
    return new TimelinePage(items, next.isEmpty() ? null : next.get(0));
  }

  static byte[] prefix(CustomerKey key) {
    return Keys.of(key.tenant()).text(key.customerId()).done();
  }

  /** Where the customer's touchpoints from a moment on begin. */
  static byte[] from(CustomerKey key, Instant time) {
    return Keys.of(key.tenant())
        .text(key.customerId())
        .number(orderable(time.toEpochMilli()))
        .done();
  }

  /** The time of the touchpoint with that key. */
  static Instant timeOf(byte[] at, int prefixLength) {
    return Instant.ofEpochMilli(orderable(ByteBuffer.wrap(at).getLong(prefixLength)));
  }

  /** Times before 1970 are negative; with the sign turned they sort as bytes. */
  private static long orderable(long epochMillis) {
    return epochMillis ^ Long.MIN_VALUE;
  }

  private static String cursor(byte[] at, byte[] prefix) {
    byte[] rest = java.util.Arrays.copyOfRange(at, prefix.length, at.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(rest);
  }

  private static byte[] place(byte[] prefix, String cursor) {
    try {
      byte[] rest = Base64.getUrlDecoder().decode(cursor);
      byte[] at = java.util.Arrays.copyOf(prefix, prefix.length + rest.length);
      System.arraycopy(rest, 0, at, prefix.length, rest.length);
      return at;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a nextCursor of a former answer", e);
    }
  }
}
