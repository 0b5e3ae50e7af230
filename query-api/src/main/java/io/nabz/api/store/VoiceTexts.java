package io.nabz.api.store;

import io.nabz.model.CustomerKey;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.Touchpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which touchpoints hold the customer's own words, newest first over all customers. The words
 * themselves stay in the timeline alone, so what is erased there cannot be quoted here.
 */
final class VoiceTexts {
  /** How many texts of a period are looked at; the newest ones. */
  static final int MAX_TEXTS = 4_000;

  /** A text and who said it. */
  record Said(String customerId, Touchpoint touchpoint) {}

  private VoiceTexts() {}

  /**
   * @param at the touchpoint's key in the timeline
   */
  static void write(Transaction to, CustomerKey key, Touchpoint touchpoint, byte[] at) {
    if (isOwnWords(touchpoint)) {
      to.put(Column.VOICE, key(key, touchpoint), at);
    }
  }

  /** Forgets what is said in a touchpoint that is about to be forgotten. */
  static void forget(Transaction to, CustomerKey key, byte[] touchpointJson) throws IOException {
    Touchpoint touchpoint = Json.read(touchpointJson, Touchpoint.class);
    if (isOwnWords(touchpoint)) {
      to.delete(Column.VOICE, key(key, touchpoint));
    }
  }

  /** The newest texts from {@code from} on and before {@code to}. */
  static List<Said> read(Reader reader, String tenant, Instant from, Instant to) {
    List<Said> texts = new ArrayList<>();
    byte[] prefix = Keys.of(tenant).done();
    byte[] start = Keys.of(tenant).number(place(to.minusMillis(1))).done();
    reader.ascend(
        Column.VOICE,
        prefix,
        start,
        (at, timelineKey) -> {
          byte[] json = reader.get(Column.TIMELINE, timelineKey);
          if (json == null) {
            return true;
          }
          Touchpoint touchpoint = touchpoint(json);
          if (touchpoint.time().isBefore(from)) {
            return false;
          }
          texts.add(new Said(customerOf(at, prefix.length), touchpoint));
          return texts.size() < MAX_TEXTS;
        });
    return texts;
  }

  private static boolean isOwnWords(Touchpoint touchpoint) {
    return touchpoint.text() != null && EventTypes.OWN_WORDS.contains(touchpoint.type());
  }

  private static Touchpoint touchpoint(byte[] json) {
    try {
      return Json.read(json, Touchpoint.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the view holds a touchpoint that cannot be read", e);
    }
  }

  private static byte[] key(CustomerKey key, Touchpoint touchpoint) {
    return Keys.of(key.tenant())
        .number(place(touchpoint.time()))
        .text(key.customerId())
        .text(touchpoint.eventId())
        .done();
  }

  private static String customerOf(byte[] key, int prefixLength) {
    int from = prefixLength + Long.BYTES;
    int length = java.nio.ByteBuffer.wrap(key).getInt(from);
    return new String(key, from + Integer.BYTES, length, StandardCharsets.UTF_8);
  }

  /** Newest first. */
  private static long place(Instant time) {
    return Long.MAX_VALUE - Math.max(0, time.toEpochMilli());
  }
}
