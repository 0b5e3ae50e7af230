package io.nabz.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is still kept of an archive. */
final class Keeping {
  private static final Comparator<Kept> OLDEST_FIRST =
      Comparator.<Kept>comparingLong(event -> event.timeMs).thenComparingLong(event -> event.hash);

  private Keeping() {}

  /** Each event once, oldest first, the newest of them and none too old. */
  static List<Kept> newest(List<Kept> events, int most, long notBeforeMs) {
    Set<Long> seen = new HashSet<>();
    List<Kept> kept = new ArrayList<>();
    for (Kept event : events) {
      if (event.timeMs >= notBeforeMs && seen.add(event.hash)) {
        kept.add(event);
      }
    }
    kept.sort(OLDEST_FIRST);
    int from = kept.size();
    int bytes = 0;
    while (from > 0
        && kept.size() - from < most
        && bytes + kept.get(from - 1).size() <= IdentityPolicy.MAX_KEPT_BYTES) {
      bytes += kept.get(--from).size();
    }
    return from > 0 ? new ArrayList<>(kept.subList(from, kept.size())) : kept;
  }

  static int bytes(List<Kept> events) {
    return events.stream().mapToInt(Kept::size).sum();
  }

  /** Whether it is time to let go of the older ones. */
  static boolean isTooMuch(int kept, int most, int bytes) {
    return kept > 2 * most || bytes > 2 * IdentityPolicy.MAX_KEPT_BYTES;
  }

  static long[] hashes(List<Kept> events) {
    return events.stream().mapToLong(event -> event.hash).toArray();
  }

  /** The archive's edge, before the newest event; no earlier than time begins. */
  static long edge(long newestMs, IdentityPolicy policy) {
    long keepForMs = policy.keepFor().toMillis();
    return newestMs < Long.MIN_VALUE + keepForMs ? Long.MIN_VALUE : newestMs - keepForMs;
  }
}
