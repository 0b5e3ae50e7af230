package io.nabz.customer;

import static java.util.Objects.requireNonNull;

import io.nabz.model.FlagCode;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * What alerts for marketing must pass.
 *
 * @param consentNeeded whether marketing must have been granted; else it must not have been refused
 * @param quietHours null for none
 * @param zone of customers whose profile names no {@code timeZone}
 * @param cap how many alerts of all rules a customer may have within the window
 * @param capWindow the sliding window of the cap
 * @param complaints flags that say that the customer has something to complain of
 */
public record ArbiterPolicy(
    boolean consentNeeded,
    QuietHours quietHours,
    ZoneId zone,
    int cap,
    Duration capWindow,
    List<FlagCode> complaints)
    implements Serializable {
  static final int MAX_CAP = 100;

  public static final ArbiterPolicy DEFAULT =
      new ArbiterPolicy(
          false,
          null,
          ZoneId.of("Asia/Tehran"),
          3,
          Duration.ofDays(7),
          List.of(FlagCode.NEGATIVE_SENTIMENT, FlagCode.UNRESOLVED_CASE));

  /**
   * From one time of day up to another, which may be of the next day.
   *
   * @param from included
   * @param to excluded
   */
  public record QuietHours(LocalTime from, LocalTime to) implements Serializable {
    public QuietHours {
      requireNonNull(from, "from is null");
      requireNonNull(to, "to is null");
      if (from.equals(to)) {
        throw new IllegalArgumentException(
            "quiet hours end when they begin; give e.g. 21:00-09:00");
      }
    }

    boolean hold(LocalTime time) {
      boolean begun = !time.isBefore(from);
      boolean ended = !time.isBefore(to);
      return from.isBefore(to) ? begun && !ended : begun || !ended;
    }
  }

  public ArbiterPolicy {
    requireNonNull(zone, "zone is null");
    FlagPolicy.requirePositive(capWindow, "capWindow");
    complaints = List.copyOf(complaints);
    if (cap < 1 || cap > MAX_CAP) {
      throw new IllegalArgumentException("cap must be 1 to " + MAX_CAP);
    }
  }
}
