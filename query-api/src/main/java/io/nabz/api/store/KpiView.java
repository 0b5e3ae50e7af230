package io.nabz.api.store;

import io.nabz.model.Json;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The newest figures of each dimension and interval, newest interval first. */
final class KpiView {
  static final List<Column> COLUMNS = List.of(Column.KPIS);

  /** How many figures one page may look at. */
  static final int MAX_SCAN = 20_000;

  private KpiView() {}

  /**
   * Takes up figures unless newer ones are there.
   *
   * @param json null when they are closed
   * @param changes collects what is news
   */
  static void write(Transaction to, String keyText, byte[] json, Map<KpiKey, byte[]> changes)
      throws IOException {
    KpiKey key = KpiKey.parse(keyText);
    byte[] at = key(key);
    if (json == null) {
      to.delete(Column.KPIS, at);
      return;
    }
    long version = Json.read(json, KpiFigures.class).version();
    byte[] former = to.get(Column.KPIS, at);
    if (former != null && version < Keys.firstLong(former)) {
      return;
    }
    to.put(Column.KPIS, at, value(version, keyText, json));
    changes.put(key, json);
  }

  static KpiPage page(Reader reader, String tenant, KpiQuery query, int limit, String after) {
    byte[] prefix = prefix(tenant, query.interval());
    byte[] from = prefix;
    if (after != null) {
      from = fromCursor(after, prefix);
    } else if (query.to() != null && query.interval() != KpiInterval.NOW) {
      from = Keys.of(tenant).text(query.interval().code()).number(place(query.to())).done();
    }
    List<byte[]> items = new ArrayList<>();
    int[] scanned = {0};
    byte[][] next = {null};
    reader.ascend(
        Column.KPIS,
        prefix,
        from,
        (at, value) -> {
          KpiKey key = KpiKey.parse(keyText(value));
          boolean past =
              query.from() != null && key.start() != null && key.start().isBefore(query.from());
          if (past) {
            return false;
          }
          if (items.size() == limit || scanned[0]++ == MAX_SCAN) {
            next[0] = at;
            return false;
          }
          if (query.matches(key)) {
            items.add(json(value));
          }
          return true;
        });
    return new KpiPage(
        items,
        next[0] == null ? null : Base64.getUrlEncoder().withoutPadding().encodeToString(next[0]));
  }

  private static byte[] fromCursor(String cursor, byte[] prefix) {
    byte[] from;
    try {
      from = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cursor: not a nextCursor of a former answer", e);
    }
    if (!Keys.startsWith(from, prefix)) {
      throw new IllegalArgumentException("cursor: not a nextCursor of this question's answer");
    }
    return from;
  }

  private static byte[] prefix(String tenant, KpiInterval interval) {
    return Keys.of(tenant).text(interval.code()).done();
  }

  /** What customers say lies apart, so that neither has to be read for the other. */
  static byte[] voicePrefix(String tenant, KpiInterval interval) {
    return Keys.of(tenant).text(voice(interval)).done();
  }

  /** The newest place before that time. */
  static byte[] voiceFrom(String tenant, KpiInterval interval, Instant to) {
    return Keys.of(tenant).text(voice(interval)).number(place(to)).done();
  }

  private static String voice(KpiInterval interval) {
    return KpiKey.VOICE + '/' + interval.code();
  }

  private static byte[] key(KpiKey key) {
    boolean isVoice = key.dimension().startsWith(KpiKey.VOICE);
    return Keys.of(key.tenant())
        .text(isVoice ? voice(key.interval()) : key.interval().code())
        .number(key.start() == null ? 0 : place(key.start()))
        .text(key.dimension())
        .done();
  }

  private static long place(Instant start) {
    return Long.MAX_VALUE - Math.max(0, start.toEpochMilli());
  }

  /** Version, length of the key, key, figures: a scan decides without parsing the figures. */
  private static byte[] value(long version, String keyText, byte[] json) {
    byte[] key = keyText.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + key.length + json.length)
        .putLong(version)
        .putInt(key.length)
        .put(key)
        .put(json)
        .array();
  }

  static String keyText(byte[] value) {
    int length = ByteBuffer.wrap(value).getInt(Long.BYTES);
    return new String(value, Long.BYTES + Integer.BYTES, length, StandardCharsets.UTF_8);
  }

  static byte[] json(byte[] value) {
    int length = ByteBuffer.wrap(value).getInt(Long.BYTES);
    return Arrays.copyOfRange(value, Long.BYTES + Integer.BYTES + length, value.length);
  }
}
