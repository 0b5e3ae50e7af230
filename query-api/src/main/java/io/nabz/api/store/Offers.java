package io.nabz.api.store;

import java.time.Instant;
import java.util.List;

/**
 * What offers have brought, against customers who were due the same offer and were held out by lot.
 *
 * @param from null for all that is kept
 * @param to null for up to now
 * @param windowSeconds how long after an offer an order counts
 * @param confidence of the intervals
 * @param complete false when there were more offers than are looked at; then the newest count
 * @param items those with the most customers first
 */
public record Offers(
    Instant from,
    Instant to,
    long windowSeconds,
    double confidence,
    boolean complete,
    List<Item> items) {

  public Offers {
    items = List.copyOf(items);
  }

  /**
   * One offer.
   *
   * @param ruleIds that proposed it; who is held out goes by offer and customer, whatever the rule
   * @param uplift null as long as one of the groups is empty
   */
  public record Item(
      String offerId, List<String> ruleIds, Group exposed, Group heldOut, Uplift uplift) {
    public Item {
      ruleIds = List.copyOf(ruleIds);
    }
  }

  /**
   * @param running customers whose window has not ended yet and who have not ordered
   * @param conversions customers who ordered within the window
   * @param rate null without customers
   */
  public record Group(long customers, long running, long conversions, Double rate) {
    static Group of(long customers, long running, long conversions) {
      Double rate = customers == 0 ? null : rounded((double) conversions / customers);
      return new Group(customers, running, conversions, rate);
    }
  }

  /**
   * Rate of the exposed less rate of the held out, with its interval.
   *
   * @param relative by what share of the held out's rate; null when none of them ordered
   * @param clear whether the interval leaves out zero and both groups have {@value #ENOUGH}
   *     customers: of one or two an interval says less than it seems to
   */
  public record Uplift(double difference, double low, double high, Double relative, boolean clear) {
    static final int ENOUGH = 10;

    /** Null as long as one of the groups is empty. */
    static Uplift of(Group exposed, Group heldOut) {
      if (exposed.customers() == 0 || heldOut.customers() == 0) {
        return null;
      }
      Proportions measured =
          Proportions.difference(
              exposed.conversions(), exposed.customers(),
              heldOut.conversions(), heldOut.customers());
      double base = (double) heldOut.conversions() / heldOut.customers();
      return new Uplift(
          rounded(measured.difference()),
          rounded(measured.low()),
          rounded(measured.high()),
          base == 0 ? null : rounded(measured.difference() / base),
          Math.min(exposed.customers(), heldOut.customers()) >= ENOUGH
              && (measured.low() > 0 || measured.high() < 0));
    }
  }

  private static double rounded(double share) {
    return Math.round(share * 1e4) / 1e4;
  }
}
