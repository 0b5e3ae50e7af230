package io.nabz.api.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.javalin.http.HttpStatus;
import io.nabz.api.auth.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What each credential may send. A request is let through while there is any allowance left, and
 * then charged in full: a batch larger than the allowance is possible, and is waited off after it.
 */
public final class RateLimits {
  /** Over so many credentials those that have their full allowance are forgotten. */
  private static final int MAX_KNOWN = 10_000;

  /** Seconds of silence that may be made up for at once. */
  private static final int BURST_SECONDS = 2;

  private final int eventsPerSecond;
  private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

  private record Allowance(Bucket bucket, long burst) {
    boolean isUntouched() {
      return bucket.getAvailableTokens() >= burst;
    }
  }

  /**
   * @param eventsPerSecond for credentials that say nothing of their own
   */
  public RateLimits(int eventsPerSecond) {
    this.eventsPerSecond = eventsPerSecond;
  }

  /** Lets the request go on, or ends it with 429 and the time to wait. */
  void check(Principal principal) {
    EstimationProbe probe = bucket(principal).estimateAbilityToConsume(1);
    if (!probe.canBeConsumed()) {
      throw tooMany(principal, probe.getNanosToWaitForRefill());
    }
  }

  /** Charges what the request turned out to hold. */
  void charge(Principal principal, int events) {
    bucket(principal).consumeIgnoringRateLimits(Math.max(1, events));
  }

  private ProblemException tooMany(Principal principal, long nanosToWait) {
    long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanosToWait) + 1);
    return new ProblemException(
            HttpStatus.TOO_MANY_REQUESTS,
            "this credential may send %d events a second; nothing of this request was taken, send it again in %d s"
                .formatted(rate(principal), seconds))
        .header("Retry-After", Long.toString(seconds));
  }

  private Bucket bucket(Principal principal) {
    if (allowances.size() > MAX_KNOWN) {
      allowances.values().removeIf(Allowance::isUntouched);
    }
    int rate = rate(principal);
    long burst = (long) rate * BURST_SECONDS;
    // The rate is part of the name: a key whose rate has changed begins anew.
    return allowances
        .computeIfAbsent(
            principal.tenant() + '/' + principal.subject() + '/' + rate,
            name ->
                new Allowance(
                    Bucket.builder()
                        .addLimit(
                            limit ->
                                limit.capacity(burst).refillGreedy(rate, Duration.ofSeconds(1)))
                        .build(),
                    burst))
        .bucket();
  }

  private int rate(Principal principal) {
    return principal.eventsPerSecond() == null ? eventsPerSecond : principal.eventsPerSecond();
  }
}
