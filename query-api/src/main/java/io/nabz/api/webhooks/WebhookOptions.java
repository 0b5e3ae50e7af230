package io.nabz.api.webhooks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How webhooks are delivered.
 *
 * @param allowPrivate whether addresses of this machine and of private networks may be called, and
 *     plain http be used
 * @param firstRetry after the first failure; each further one waits four times as long, up to ten
 *     hours
 * @param attempts after which a delivery is given up
 * @param timeout for one attempt, from the connection to the end of the answer
 */
public record WebhookOptions(
    boolean allowPrivate, Duration firstRetry, int attempts, Duration timeout) {
  public static final WebhookOptions DEFAULT =
      new WebhookOptions(false, Duration.ofSeconds(5), 10, Duration.ofSeconds(15));
  private static final Duration LONGEST = Duration.ofHours(10);
  private static final int GROWTH = 4;

  public WebhookOptions {
    requireNonNull(firstRetry, "firstRetry is null");
    if (firstRetry.isNegative() || firstRetry.isZero()) {
      throw new IllegalArgumentException("firstRetry must be longer than nothing");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more");
    }
    requireNonNull(timeout, "timeout is null");
  }

  public WebhookOptions withPrivate(boolean allow) {
    return new WebhookOptions(allow, firstRetry, attempts, timeout);
  }

  /**
   * How long to wait after that many failures.
   *
   * @param chance 0 to 1; takes up to half of the wait away, so that what failed together does not
   *     come back together
   */
  Duration waitAfter(int failures, double chance) {
    double factor = Math.pow(GROWTH, Math.min(failures - 1, 20));
    double millis = Math.min(firstRetry.toMillis() * factor, LONGEST.toMillis());
    return Duration.ofMillis(Math.max(1, (long) (millis * (1 - chance / 2))));
  }
}
