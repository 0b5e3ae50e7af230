package io.nabz.customer;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.state.TimeCounter;
import java.io.Serializable;
import java.time.Duration;

/**
 * The thresholds by which events become conditions.
 *
 * @param defaultRegion ISO 3166 code for phone numbers written without their country code
 * @param cartAbandonedAfter how long a cart may rest before it counts as abandoned
 * @param cartForgottenAfter how long an abandoned cart is worth keeping
 * @param repeatCallerCalls calls within 24 h that make a repeat caller, this one included
 * @param negativeSentimentAt score (-1 to 1) at or below which the customer counts as upset
 * @param calmedSentimentAbove score above which an upset customer counts as calmed; the gap between
 *     the two keeps the flag from flickering
 * @param negativeSentimentFor how long the flag holds without a newer sign
 * @param contactLostAfter how long a contact without any word counts as still going on
 * @param resolvedAfter how long no further contact may come for a contact to count as resolved
 * @param forgottenAfter how long after the newest event the customer is forgotten
 * @param flags thresholds of the flags that follow from the facets
 */
public record CustomerPolicy(
    String defaultRegion,
    Duration cartAbandonedAfter,
    Duration cartForgottenAfter,
    int repeatCallerCalls,
    double negativeSentimentAt,
    double calmedSentimentAbove,
    Duration negativeSentimentFor,
    Duration contactLostAfter,
    Duration resolvedAfter,
    Duration forgottenAfter,
    FlagPolicy flags)
    implements Serializable {

  public static final CustomerPolicy DEFAULT =
      new CustomerPolicy(
          "IR",
          Duration.ofMinutes(30),
          Duration.ofDays(30),
          3,
          -0.5,
          -0.2,
          Duration.ofHours(24),
          Duration.ofHours(12),
          Duration.ofDays(7),
          Duration.ofDays(400),
          FlagPolicy.DEFAULT);

  public CustomerPolicy {
    requireNonNull(defaultRegion, "defaultRegion is null");
    FlagPolicy.requirePositive(cartAbandonedAfter, "cartAbandonedAfter");
    FlagPolicy.requirePositive(cartForgottenAfter, "cartForgottenAfter");
    FlagPolicy.requirePositive(negativeSentimentFor, "negativeSentimentFor");
    FlagPolicy.requirePositive(contactLostAfter, "contactLostAfter");
    FlagPolicy.requirePositive(resolvedAfter, "resolvedAfter");
    FlagPolicy.requirePositive(forgottenAfter, "forgottenAfter");
    requireNonNull(flags, "flags is null");
    if (resolvedAfter.toMillis() > TimeCounter.HORIZON_MS) {
      throw new IllegalArgumentException("resolvedAfter must be at most 30 days");
    }
    if (repeatCallerCalls < 2) {
      throw new IllegalArgumentException("repeatCallerCalls must be at least 2");
    }
    if (negativeSentimentAt > calmedSentimentAbove) {
      throw new IllegalArgumentException(
          "negativeSentimentAt must not be above calmedSentimentAbove");
    }
  }
}
