package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import java.time.Duration;

/**
 * The end of what is known of a customer: at once when it is erased, and by itself long after the
 * newest event.
 */
final class Erasures {
  /** How long events from before an erasure are turned away; longer than any feed is late. */
  private static final long REMEMBERED_MS = Duration.ofDays(30).toMillis();

  private Erasures() {}

  static boolean isErased(CustomerState state, long timeMs) {
    return state.erasedAtMs != 0 && timeMs <= state.erasedAtMs;
  }

  /**
   * Clears everything. Only the moment stays for a while, and the version, which must go on
   * growing: events from before it may still be on their way.
   */
  static void erase(CustomerState state, long atMs, Changes changes) {
    CustomerState blank = new CustomerState();
    blank.appliedEvents = state.appliedEvents;
    blank.nowMs = state.nowMs;
    blank.clockLeadMs = state.clockLeadMs;
    blank.timerAtMs = state.timerAtMs;
    blank.lastEventAtMs = state.lastEventAtMs;
    blank.erasedAtMs = Math.max(atMs, state.erasedAtMs);
    state.become(blank);
    changes.gone(false);
  }

  static long nextForgotten(CustomerState state, long forgottenAfterMs) {
    if (state.nowMs == Long.MIN_VALUE) {
      return CustomerState.NEVER;
    }
    long last = state.lastEventAtMs == 0 ? state.nowMs : state.lastEventAtMs;
    boolean onlyErased = state.erasedAtMs != 0 && state.erasedAtMs >= last;
    return last + (onlyErased ? Math.min(REMEMBERED_MS, forgottenAfterMs) : forgottenAfterMs);
  }

  /** Nothing at all is left of the customer. */
  static void forget(CustomerState state, Changes changes) {
    CustomerState blank = new CustomerState();
    blank.timerAtMs = state.timerAtMs;
    state.become(blank);
    changes.gone(true);
  }
}
