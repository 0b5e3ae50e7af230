package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import java.time.Instant;
import java.util.List;

/**
 * Which figures.
 *
 * @param dimension {@code total}, a kind ({@code queue}, {@code channel}, {@code agent}, {@code
 *     topic}) or one of a kind, {@code queue:billing}; null for all
 * @param from of the interval's start, included; null for any
 * @param to of the interval's start, excluded; null for any
 */
public record KpiQuery(String dimension, KpiInterval interval, Instant from, Instant to) {
  private static final List<String> KINDS =
      List.of(KpiKey.QUEUE, KpiKey.CHANNEL, KpiKey.AGENT, KpiKey.TOPIC);

  public KpiQuery {
    requireNonNull(interval, "interval is null");
    if (dimension != null && !isDimension(dimension)) {
      throw new IllegalArgumentException(
          "dimension: send total, queue, channel, agent, topic or one of them such as"
              + " queue:billing");
    }
  }

  public boolean matches(KpiKey key) {
    return key.interval() == interval
        && (dimension == null
            ? !key.dimension().startsWith(KpiKey.VOICE)
            : key.dimension().equals(dimension) || key.dimension().startsWith(dimension + ':'))
        && (from == null || key.start() == null || !key.start().isBefore(from))
        && (to == null || key.start() == null || key.start().isBefore(to));
  }

  private static boolean isDimension(String dimension) {
    return dimension.equals(KpiKey.TOTAL)
        || KINDS.stream()
            .anyMatch(kind -> dimension.startsWith(kind) || kind.equals(dimension + ':'));
  }
}
