package io.nabz.api.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.javalin.http.HttpStatus;
import io.nabz.api.auth.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * What each credential may send, or read. A request is let through while there is any allowance
 * left, and then charged in full: a batch larger than the allowance is possible, and is waited off
 * after it.
 */
public final class RateLimits {
  /** Over so many credentials those that have their full allowance are forgotten. */
  private static final int MAX_KNOWN = 10_000;

  /** Seconds of silence that may be made up for at once. */
  private static final int BURST_SECONDS = 2;

  private final ToIntFunction<Principal> rate;
  private final String refusal;
  private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

  private record Allowance(Bucket bucket, long burst) {
    boolean isUntouched() {
      return bucket.getAvailableTokens() >= burst;
    }
  }

  private RateLimits(ToIntFunction<Principal> rate, String refusal) {
    this.rate = rate;
    this.refusal = refusal;
  }

  /**
   * @param eventsPerSecond for credentials that say nothing of their own
   */
  public static RateLimits ofEvents(int eventsPerSecond) {
    return new RateLimits(
        principal ->
            principal.eventsPerSecond() == null ? eventsPerSecond : principal.eventsPerSecond(),
        "this credential may send %d events a second; nothing of this request was taken, send it"
            + " again in %d s");
  }

  /**
   * @param readsPerSecond what each credential may ask
   */
  public static RateLimits ofReads(int readsPerSecond) {
    return new RateLimits(
        principal -> readsPerSecond,
        "this credential may read %d times a second; ask again in %d s, and take a stream for what"
            + " you poll");
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
            HttpStatus.TOO_MANY_REQUESTS, refusal.formatted(rate.applyAsInt(principal), seconds))
        .header("Retry-After", Long.toString(seconds));
  }

  private Bucket bucket(Principal principal) {
    if (allowances.size() > MAX_KNOWN) {
      allowances.values().removeIf(Allowance::isUntouched);
    }
    int perSecond = rate.applyAsInt(principal);
    long burst = (long) perSecond * BURST_SECONDS;
    // The rate is part of the name: a key whose rate has changed begins anew.
    return allowances
        .computeIfAbsent(
            principal.tenant() + '/' + principal.subject() + '/' + perSecond,
            name ->
                new Allowance(
                    Bucket.builder()
                        .addLimit(
                            limit ->
                                limit
                                    .capacity(burst)
                                    .refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build(),
                    burst))
        .bucket();
  }
}
