package io.nabz.rules.engine;

import io.nabz.rules.language.AfterMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a match means for other matches of the same rule and correlation. */
final class Skip {
  /** The richest match first, then the one with the earlier events, then that of earlier steps. */
  private static final Comparator<Partial> BEST =
      Comparator.<Partial>comparingInt(match -> -match.last().size())
          .thenComparing(match -> match.last().all(), Skip::compareEvents)
          .thenComparing(match -> match.last().all(), Skip::compareSteps);

  /** Of matches that rest until their windows end, the one that is told first. */
  static final Comparator<Partial> SOONEST =
      Comparator.<Partial>comparingLong(match -> match.first().timeMs())
          .thenComparing(match -> match.first().seq())
          .thenComparing(BEST);

  private Skip() {}

  /** Of matches that end with the same event, those that are told. */
  static List<Partial> choose(AfterMatch afterMatch, List<Partial> matches) {
    if (afterMatch == AfterMatch.NO_SKIP || matches.size() <= 1) {
      return matches;
    }
    Map<Integer, Partial> best = new LinkedHashMap<>();
    for (Partial match : matches) {
      best.merge(match.first().seq(), match, (a, b) -> BEST.compare(a, b) <= 0 ? a : b);
    }
    List<Partial> chosen = new ArrayList<>(best.values());
    chosen.sort(Comparator.comparingInt(match -> match.first().seq()));
    return afterMatch == AfterMatch.SKIP_TO_NEXT ? chosen : List.of(chosen.get(0));
  }

  /** Gives up those that the match makes pointless. */
  static void after(AfterMatch afterMatch, List<Partial> partials, Partial match, int endSeq) {
    switch (afterMatch) {
      case SKIP_PAST_LAST ->
          partials.removeIf(
              partial ->
                  partial.first().seq() <= endSeq && Objects.equals(partial.by(), match.by()));
      case SKIP_TO_NEXT ->
          partials.removeIf(partial -> partial.first().seq() == match.first().seq());
      case NO_SKIP -> {
        // All go on.
      }
    }
  }

  /** What an aggregate has counted does not count towards the next match. */
  static void useUp(AfterMatch afterMatch, List<Entry> entries, List<Entry> used) {
    if (afterMatch == AfterMatch.SKIP_PAST_LAST) {
      entries.removeAll(used);
    }
  }

  /** Whether the moment lies between the events before and after a step that must not come. */
  static boolean liesBetween(Link match, int notStep, long timeMs) {
    long before = Long.MIN_VALUE;
    long after = Long.MAX_VALUE;
    for (Link link = match; link != null; link = link.before()) {
      if (link.step() > notStep) {
        after = Math.min(after, link.seen().timeMs());
      } else {
        before = Math.max(before, link.seen().timeMs());
      }
    }
    return timeMs > before && timeMs < after;
  }

  /** Of the same events, as many. */
  private static int compareSteps(List<Link> a, List<Link> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Integer.compare(a.get(i).step(), b.get(i).step());
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compareEvents(List<Link> a, List<Link> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Integer.compare(a.get(i).seen().seq(), b.get(i).seen().seq());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
