package io.nabz.rules.engine;

/** How a rule fares on one parallel instance; counters only grow while it runs. */
public final class RuleHealth {
  private long matches;
  private long cooled;
  private long givenUp;

  /** Matches that became alerts. */
  public long matches() {
    return matches;
  }

  /** Matches within the cooldown. */
  public long cooled() {
    return cooled;
  }

  /** Matches under way that were given up, the oldest first, since one customer had too many. */
  public long givenUp() {
    return givenUp;
  }

  /** Why the rule is held back, or null when it is not. */
  public String throttled() {
    return givenUp == 0
        ? null
        : "of some customers more than %d matches were under way at once; the %d oldest were given up. Narrow the first step or shorten within"
            .formatted(Matching.MAX_PARTIALS, givenUp);
  }

  void matched() {
    matches++;
  }

  void cooledDown() {
    cooled++;
  }

  void gaveUp(int count) {
    givenUp += count;
  }
}
