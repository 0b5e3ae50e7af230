package io.nabz.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Names one set of figures: {@code tenant/dimension/interval}, e.g. {@code
 * default/queue:billing/15m@2026-11-22T10:15:00Z} or {@code default/total/now}.
 *
 * @param dimension {@code total}, {@code queue:NAME}, {@code channel:NAME}, {@code agent:ID} or
 *     {@code topic:NAME}; of what customers say {@code voice}, {@code voice.topic:NAME}, {@code
 *     voice.touchpoint:NAME}, {@code voice.stage:NAME} or {@code voice.clue:NAME}
 * @param start of the interval; null for what holds now
 */
public record KpiKey(String tenant, String dimension, KpiInterval interval, Instant start) {
  public static final String TOTAL = "total";
  public static final String QUEUE = "queue:";
  public static final String CHANNEL = "channel:";
  public static final String AGENT = "agent:";
  public static final String TOPIC = "topic:";

  /** All that customers say; it counts when it is said, and not with its contact. */
  public static final String VOICE = "voice";

  public static final String VOICE_TOPIC = "voice.topic:";
  public static final String VOICE_TOUCHPOINT = "voice.touchpoint:";
  public static final String VOICE_STAGE = "voice.stage:";
  public static final String VOICE_CLUE = "voice.clue:";

  public KpiKey {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(dimension, "dimension is null");
    requireNonNull(interval, "interval is null");
    if ((start == null) != (interval == KpiInterval.NOW)) {
      throw new IllegalArgumentException("every interval but now has a start");
    }
    if (tenant.indexOf('/') >= 0) {
      throw new IllegalArgumentException("a tenant has no slash");
    }
  }

  /** Reads what {@link #toString()} wrote. */
  public static KpiKey parse(String key) {
    int first = key.indexOf('/');
    int last = key.lastIndexOf('/');
    if (first < 0 || first == last) {
      throw new IllegalArgumentException("a key of figures is tenant/dimension/interval");
    }
    String time = key.substring(last + 1);
    int at = time.indexOf('@');
    return new KpiKey(
        key.substring(0, first),
        key.substring(first + 1, last),
        KpiInterval.of(at < 0 ? time : time.substring(0, at)),
        at < 0 ? null : Instant.parse(time.substring(at + 1)));
  }

  /** The part of a key that says when. */
  public static String time(KpiInterval interval, Instant start) {
    return start == null ? interval.code() : interval.code() + '@' + start;
  }

  @Override
  public String toString() {
    return tenant + '/' + dimension + '/' + time(interval, start);
  }
}
