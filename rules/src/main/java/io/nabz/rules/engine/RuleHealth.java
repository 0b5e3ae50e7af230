package io.nabz.rules.engine;

import static io.nabz.rules.engine.RuleStatus.State.SUSPENDED;
import static io.nabz.rules.engine.RuleStatus.State.THROTTLED;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How a version of a rule fares on one parallel instance; counters only grow while it runs. */
public final class RuleHealth {
  /** Of the time of an instance; what takes more, event by event, is felt by all other rules. */
  private static final double MAX_SHARE = 0.5;

  /** A rule that is met very often may have its share; one that takes so long may not. */
  private static final long MAX_MEAN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A pause of the process is not the rule's. */
  private static final long MAX_ONE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int ENOUGH = 20;

  /** How many looks in a row must find it too costly; a JVM that has just started is slow. */
  private static final int PATIENCE = 4;

  private final String whose;

  private long matches;
  private long cooled;
  private long givenUp;
  private long overBudget;

  private long measured;
  private long measuredNanos;
  private long spentNanos;
  private int costly;
  private String suspended;
  private long toldGivenUp;
  private long toldOverBudget;

  /**
   * @param whose matches are under way: of customers, or of values across them
   */
  RuleHealth(String whose) {
    this.whose = whose;
  }

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
    if (givenUp > 0) {
      return "of some %s more than %d matches were under way at once; the %d oldest were given up. Narrow the first step or shorten within"
          .formatted(whose, Matching.MAX_PARTIALS, givenUp);
    }
    return overBudget == 0
        ? null
        : "a condition took more rounds than it may on %d events and did not hold there. Loop over shorter lists or compare single fields"
            .formatted(overBudget);
  }

  /**
   * Looks at what the rule has cost since the last look.
   *
   * @param passedNanos since then
   */
  void look(long passedNanos) {
    boolean tooMuch =
        measured >= ENOUGH
            && measuredNanos / measured > MAX_MEAN_NANOS
            && spentNanos > MAX_SHARE * passedNanos;
    costly = tooMuch ? costly + 1 : 0;
    if (costly >= PATIENCE && suspended == null) {
      suspended =
          String.format(
              Locale.ROOT,
              "took %.1f ms an event and %.0f %% of the time of an instance. Narrow its steps by type, compare single fields in place of loops, or shorten within; the next version runs again",
              measuredNanos / 1e6 / measured,
              Math.min(100, 100.0 * spentNanos / Math.max(1, passedNanos)));
    }
    measured = 0;
    measuredNanos = 0;
    spentNanos = 0;
  }

  /** What there is to say of the version that has not been said, or is twice as much; or null. */
  RuleStatus news(int version) {
    if (suspended != null) {
      return new RuleStatus(SUSPENDED, version, suspended);
    }
    boolean more = givenUp > 2 * toldGivenUp || (givenUp == 0 && overBudget > 2 * toldOverBudget);
    if (!more) {
      return null;
    }
    toldGivenUp = givenUp;
    toldOverBudget = overBudget;
    return new RuleStatus(THROTTLED, version, throttled());
  }

  void matched() {
    matches++;
  }

  /** A match within the cooldown. */
  public void cooledDown() {
    cooled++;
  }

  void gaveUp(int count) {
    givenUp += count;
  }

  void wentOverBudget() {
    overBudget++;
  }

  /**
   * @param nanos that the rule took for an event
   * @param events for which this one stands
   */
  void spent(long nanos, int events) {
    long own = Math.min(nanos, MAX_ONE_NANOS);
    measured++;
    measuredNanos += own;
    spentNanos += own * events;
  }
}
