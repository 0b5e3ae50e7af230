package io.nabz.rules.engine;

import io.nabz.rules.expression.Path;
import io.nabz.rules.expression.Scope;
import io.nabz.rules.language.Aggregate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The sliding windows of aggregate steps. */
final class Window {
  static final int MAX_ENTRIES = 256;
  private static final int NEWEST_OF_VALUE = 2;
  private static final double MS_A_MINUTE = 60_000;

  private Window() {}

  /** The value of the event for the aggregate, or NaN when it has none. */
  static double value(Aggregate aggregate, Path figure, Scope scope) {
    return switch (aggregate.function()) {
      case COUNT, RATE -> 1;
      case SUM -> figure.number(scope);
      case DISTINCT -> {
        String text = figure.text(scope);
        yield text == null ? Double.NaN : distinct(text);
      }
    };
  }

  /** Puts the event in its place by time and says whether some window that holds it suffices. */
  static boolean add(List<Entry> entries, Entry entry, Aggregate aggregate, long newestMs) {
    long windowMs = aggregate.window().toMillis();
    entries.removeIf(
        old -> old.step() == entry.step() && old.seen().timeMs() <= newestMs - windowMs);
    int at = entries.size();
    while (at > 0 && entries.get(at - 1).seen().timeMs() > entry.seen().timeMs()) {
      at--;
    }
    entries.add(at, entry);
    if (entries.size() > MAX_ENTRIES) {
      entries.remove(0);
    }
    List<Entry> own = of(entries, entry);
    for (int end = own.indexOf(entry); end >= 0 && end < own.size(); end++) {
      long endMs = own.get(end).seen().timeMs();
      if (endMs - entry.seen().timeMs() >= windowMs) {
        break;
      }
      if (figure(own, end, endMs - windowMs, aggregate) >= aggregate.atLeast()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Of a value that is told apart only the newest entries stay: an event that comes in order needs
   * but one, and one who repeats it without end neither pushes out the others nor costs more with
   * each.
   */
  static void keepNewestOfValue(List<Entry> entries, Entry like, Aggregate aggregate) {
    int keep = aggregate.atLeast() * NEWEST_OF_VALUE > MAX_ENTRIES ? 1 : NEWEST_OF_VALUE;
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (entry.step() == like.step() && entry.value() == like.value() && keep-- <= 0) {
        entries.remove(i);
      }
    }
  }

  /** The entries of the same step and correlation. */
  static List<Entry> of(List<Entry> entries, Entry like) {
    List<Entry> own = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.step() == like.step() && Objects.equals(entry.by(), like.by())) {
        own.add(entry);
      }
    }
    return own;
  }

  /** The figure of those up to one of them that are newer than a moment. */
  static double figure(List<Entry> own, int end, long afterMs, Aggregate aggregate) {
    double sum = 0;
    int count = 0;
    Set<Double> values = new HashSet<>();
    for (int i = end; i >= 0 && own.get(i).seen().timeMs() > afterMs; i--) {
      count++;
      sum += own.get(i).value();
      if (aggregate.function() == Aggregate.Function.DISTINCT) {
        values.add(own.get(i).value());
      }
    }
    return switch (aggregate.function()) {
      case COUNT -> count;
      case SUM -> sum;
      case DISTINCT -> values.size();
      case RATE -> count / (aggregate.window().toMillis() / MS_A_MINUTE);
    };
  }

  /** 52 bits of hash as a number, so that all values are stored alike. */
  private static double distinct(String text) {
    return io.nabz.model.StableHash.pair(text, "") >>> 12;
  }
}
