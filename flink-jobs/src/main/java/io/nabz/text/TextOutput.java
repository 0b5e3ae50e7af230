package io.nabz.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Turns what was found at tokens into spans and signals at code points of the original text. */
final class TextOutput {
  private static final int MOST_SPANS = 24;
  private static final double LEAST_WEIGHT = 0.05;

  private final String text;
  private final Tokens t;
  private final Hits hits;
  private int knownUnit;
  private int knownPoint;

  TextOutput(String text, Tokens t, Hits hits) {
    this.text = text;
    this.t = t;
    this.hits = hits;
  }

  Signal signal(String code, double confidence, int first, int last) {
    int from = point(t.from[first]);
    return new Signal(code, round(confidence), from, point(t.to[last]));
  }

  List<Span> spans() {
    List<Integer> order = new ArrayList<>(hits.count);
    for (int h = 0; h < hits.count; h++) {
      if (Math.abs(hits.weight[h]) >= LEAST_WEIGHT) {
        order.add(h);
      }
    }
    if (order.size() > MOST_SPANS) {
      order.sort(Comparator.comparingDouble(h -> -Math.abs(hits.weight[h])));
      order = order.subList(0, MOST_SPANS);
    }
    List<Span> spans = new ArrayList<>(order.size());
    order.stream()
        .sorted(Comparator.comparingInt(h -> hits.first[h]))
        .forEach(
            h -> {
              int from = point(t.from[hits.first[h]]);
              spans.add(new Span(from, point(t.to[hits.last[h]]), round(hits.weight[h])));
            });
    return spans;
  }

  List<Signal> emotions(double score) {
    List<Signal> out = new ArrayList<>(2);
    for (Emotion emotion : Emotion.values()) {
      double unsure = 1;
      int best = -1;
      for (int h = 0; h < hits.count; h++) {
        double w = hits.weight[h];
        boolean agrees = emotion.pleasant() == w > 0;
        if ((hits.emotions[h] & emotion.bit()) != 0 && agrees && Math.abs(w) > 0.12) {
          unsure *= 1 - Math.min(0.85, Math.abs(w) * 0.8);
          best = best < 0 || Math.abs(w) > Math.abs(hits.weight[best]) ? h : best;
        }
      }
      if (best >= 0) {
        boolean fits = emotion.pleasant() == score >= 0;
        double confidence = (1 - unsure) * (fits ? 1 : 0.5);
        out.add(
            signal(emotion.code, Math.min(0.99, confidence), hits.first[best], hits.last[best]));
      }
    }
    return out;
  }

  Optional<Signal> abuse() {
    for (int h = 0; h < hits.count; h++) {
      if (hits.is(h, Hits.ABUSE)) {
        return Optional.of(signal("abuse", 0.85, hits.first[h], hits.last[h]));
      }
    }
    return Optional.empty();
  }

  /** UTF-16 offset to code point; mostly asked in growing order, so it counts from the last one. */
  private int point(int unit) {
    if (unit < knownUnit) {
      knownUnit = 0;
      knownPoint = 0;
    }
    knownPoint += Character.codePointCount(text, knownUnit, unit);
    knownUnit = unit;
    return knownPoint;
  }

  private static double round(double x) {
    return Math.round(x * 1000) / 1000.0;
  }
}
