package io.nabz.kpi;

import static java.util.Objects.requireNonNull;

import io.nabz.model.ServiceLevelFormula;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * How the floor is counted.
 *
 * @param shortAbandon who leaves the queue within it counts as a short abandon
 * @param targets of the service level, rising, one to four
 * @param zone whose hours and days the figures are of
 * @param contactLostAfter how long a contact without any word counts as still going on
 * @param agentLostAfter how long an agent's last state holds without a newer one
 * @param cartAbandonedAfter how long a cart may rest before it counts as abandoned
 * @param resolvedAfter how long no further contact may come for a contact to count as resolved
 * @param keepSubjects how long contacts, agents and customers are remembered after their last word;
 *     a repeat that comes later than that is counted again
 * @param keepShort how long figures of quarters and hours are kept
 * @param keepDays how long figures of days are kept
 */
public record KpiPolicy(
    Duration shortAbandon,
    List<Duration> targets,
    ServiceLevelFormula formula,
    ZoneId zone,
    Duration contactLostAfter,
    Duration agentLostAfter,
    Duration cartAbandonedAfter,
    Duration resolvedAfter,
    Duration keepSubjects,
    Duration keepShort,
    Duration keepDays)
    implements Serializable {

  public static final KpiPolicy DEFAULT =
      new KpiPolicy(
          Duration.ofSeconds(5),
          List.of(Duration.ofSeconds(20), Duration.ofSeconds(60)),
          ServiceLevelFormula.OF_OFFERED,
          ZoneId.of("UTC"),
          Duration.ofHours(12),
          Duration.ofHours(12),
          Duration.ofMinutes(30),
          Duration.ofDays(7),
          Duration.ofDays(8),
          Duration.ofDays(35),
          Duration.ofDays(400));

  private static final int MAX_TARGETS = 4;

  public KpiPolicy {
    requirePositive(shortAbandon, "shortAbandon");
    // A list that Java's own serialization can take to the cluster.
    targets = new ArrayList<>(targets);
    requireNonNull(formula, "formula is null");
    requireNonNull(zone, "zone is null");
    requirePositive(contactLostAfter, "contactLostAfter");
    requirePositive(agentLostAfter, "agentLostAfter");
    requirePositive(cartAbandonedAfter, "cartAbandonedAfter");
    requirePositive(resolvedAfter, "resolvedAfter");
    requirePositive(keepSubjects, "keepSubjects");
    requirePositive(keepShort, "keepShort");
    requirePositive(keepDays, "keepDays");
    if (targets.isEmpty() || targets.size() > MAX_TARGETS) {
      throw new IllegalArgumentException("give one to four service level targets");
    }
    targets.forEach(target -> requirePositive(target, "a service level target"));
  }

  /** Customers are remembered at least until it is known whether their contact was resolved. */
  public Duration keepCustomers() {
    Duration settled = resolvedAfter.plusDays(1);
    return settled.compareTo(keepSubjects) > 0 ? settled : keepSubjects;
  }

  private static void requirePositive(Duration duration, String name) {
    requireNonNull(duration, name + " is null");
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be longer than nothing");
    }
  }
}
