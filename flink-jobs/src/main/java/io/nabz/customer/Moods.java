package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.SignRecord;
import java.time.Duration;
import java.util.List;

/** How the customer's feeling develops over the newest signs of it. */
final class Moods {
  static final int MAX_SIGNS = 8;
  private static final int NEWEST = 2;
  private static final double HALF_LIFE_MS = Duration.ofHours(24).toMillis();
  private static final long TREND_WITHIN_MS = Duration.ofDays(7).toMillis();

  private Moods() {}

  static void add(Step step, double score) {
    CustomerState state = step.state();
    state.signs = Matters.orNew(state.signs);
    SignRecord sign = new SignRecord();
    sign.atMs = step.timeMs();
    sign.score = score;
    sign.eventId = step.event().id();
    sign.type = step.event().type();
    int place = state.signs.size();
    while (place > 0 && isBefore(sign, state.signs.get(place - 1))) {
      place--;
    }
    state.signs.add(place, sign);
    if (state.signs.size() > MAX_SIGNS) {
      state.signs.remove(0);
    }
  }

  /**
   * Mean of the signs, each weighing half of what one a day newer weighs; null without signs. It
   * does not change with time alone, since all weights fade alike.
   */
  static Double decayed(List<SignRecord> signs) {
    return signs == null || signs.isEmpty() ? null : mean(signs, 0, signs.size());
  }

  /** The lowest of the newest signs since then; null without one. */
  static Double lowest(List<SignRecord> signs, long sinceMs) {
    double lowest = Double.POSITIVE_INFINITY;
    for (SignRecord sign : signs == null ? List.<SignRecord>of() : signs) {
      lowest = sign.atMs >= sinceMs ? Math.min(lowest, sign.score) : lowest;
    }
    return Double.isInfinite(lowest) ? null : lowest;
  }

  /**
   * {@code falling rising steady}: the two newest signs against the decayed mean of those of the
   * week before them; null with fewer than three signs.
   */
  static String trend(List<SignRecord> signs, FlagPolicy policy) {
    double change = change(signs);
    if (Double.isNaN(change)) {
      return null;
    }
    if (change <= -policy.sentimentFallingBy()) {
      return "falling";
    }
    return change >= policy.sentimentFallingBy() ? "rising" : "steady";
  }

  /** {@code SENTIMENT_FALLING}: the trend falls and the newest signs are below zero. */
  static Review.Condition falling(Review review, CustomerPolicy policy) {
    List<SignRecord> signs = review.state().signs;
    if (!"falling".equals(trend(signs, policy.flags()))) {
      return null;
    }
    int size = signs.size();
    if (mean(signs, size - NEWEST, size) >= 0) {
      return null;
    }
    SignRecord newest = signs.get(size - 1);
    return review.between(
        newest.atMs,
        newest.atMs + policy.negativeSentimentFor().toMillis(),
        List.of(evidence(signs.get(size - NEWEST)), evidence(newest)));
  }

  /**
   * {@code NEGATIVE_SENTIMENT}: since a sign at or below one threshold, until one above another or
   * until no sign has come for long.
   */
  static Review.Condition negative(Review review, CustomerPolicy policy) {
    List<SignRecord> signs = review.state().signs;
    if (signs == null) {
      return null;
    }
    SignRecord cause = null;
    long until = Long.MIN_VALUE;
    for (SignRecord sign : signs) {
      if (cause != null && (sign.atMs >= until || sign.score > policy.calmedSentimentAbove())) {
        cause = null;
      }
      if (cause == null && sign.score <= policy.negativeSentimentAt()) {
        cause = sign;
      }
      until = sign.atMs + policy.negativeSentimentFor().toMillis();
    }
    return cause == null ? null : review.between(cause.atMs, until, List.of(evidence(cause)));
  }

  private static double change(List<SignRecord> signs) {
    if (signs == null || signs.size() <= NEWEST) {
      return Double.NaN;
    }
    int size = signs.size();
    int from = 0;
    while (signs.get(from).atMs < signs.get(size - 1).atMs - TREND_WITHIN_MS) {
      from++;
    }
    return from >= size - NEWEST
        ? Double.NaN
        : mean(signs, size - NEWEST, size) - mean(signs, from, size - NEWEST);
  }

  private static double mean(List<SignRecord> signs, int from, int to) {
    long newest = signs.get(to - 1).atMs;
    double sum = 0;
    double weights = 0;
    for (int i = from; i < to; i++) {
      double weight = Math.pow(0.5, (newest - signs.get(i).atMs) / HALF_LIFE_MS);
      sum += weight * signs.get(i).score;
      weights += weight;
    }
    return sum / weights;
  }

  private static EvidenceRecord evidence(SignRecord sign) {
    return new EvidenceRecord("text", sign.eventId, sign.type, sign.atMs);
  }

  private static boolean isBefore(SignRecord a, SignRecord b) {
    return a.atMs != b.atMs ? a.atMs < b.atMs : a.eventId.compareTo(b.eventId) < 0;
  }
}
