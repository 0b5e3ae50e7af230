package io.nabz.job;

import io.nabz.identity.IdentityPolicy;
import io.nabz.identity.NodeState;
import org.apache.flink.streaming.api.TimerService;

/**
 * When what identity keeps is let go: one event-time timer a key, which is left alone while the key
 * is in use and set again when it comes too early.
 */
final class Expiry {
  private Expiry() {}

  /** A record from long ago is not forgotten before the clock has gone on by as much. */
  static long touched(long touchedMs, long recordMs, TimerService timers) {
    long clock = timers.currentWatermark() == Long.MAX_VALUE ? recordMs : timers.currentWatermark();
    return Math.max(touchedMs, Math.max(recordMs, clock));
  }

  /** Sees to it that there is a timer early enough; returns its time. */
  static long schedule(
      long timerAtMs, long touchedMs, boolean keeps, IdentityPolicy policy, TimerService timers) {
    long due = keeps ? eventsDue(touchedMs, policy) : forgottenDue(touchedMs, policy);
    if (timerAtMs <= due) {
      return timerAtMs;
    }
    if (timerAtMs != NodeState.NEVER) {
      timers.deleteEventTimeTimer(timerAtMs);
    }
    timers.registerEventTimeTimer(due);
    return due;
  }

  static long eventsDue(long touchedMs, IdentityPolicy policy) {
    return touchedMs + policy.keepFor().toMillis();
  }

  static long forgottenDue(long touchedMs, IdentityPolicy policy) {
    return touchedMs + policy.forgottenAfter().toMillis();
  }
}
