package io.nabz.kpi;

import static io.nabz.kpi.Share.NONE;

import java.util.Arrays;
import java.util.List;

/**
 * Carts by the times of cart events and orders alone: a cart is a run of cart events without an
 * order or a long rest between them. It is ordered when an order follows its last event before the
 * rest is over, and abandoned when the rest is over without one. It counts where it began. That a
 * cart was emptied by hand does not show in its times, so it counts as left.
 */
final class CartTimes {
  private final long restMs;

  CartTimes(long restMs) {
    this.restMs = restMs;
  }

  void touch(CustomerRecord customer, long atMs) {
    if (customer.forgottenCartMs == NONE || atMs > customer.forgottenCartMs) {
      customer.cartTimes = with(customer.cartTimes, atMs);
      if (customer.cartTimes.length > CustomerRecord.MAX_TIMES && end(customer, 0) < 0) {
        // One endless cart: its beginning and its newest events say as much as all of them.
        customer.cartTimes = without(customer.cartTimes, 1, 2);
      }
    }
  }

  void order(CustomerRecord customer, long atMs) {
    customer.orderTimes = with(customer.orderTimes, atMs);
    if (customer.orderTimes.length > CustomerRecord.MAX_TIMES) {
      // Beyond the reach of any cart that is kept, unless orders come by the hundred.
      customer.orderTimes = without(customer.orderTimes, 0, 1);
    }
  }

  long nextDue(CustomerRecord customer) {
    int last = customer.cartTimes.length - 1;
    if (last < 0 || isOrdered(customer, customer.cartTimes[last], Long.MAX_VALUE)) {
      return NONE;
    }
    long due = customer.cartTimes[last] + restMs;
    return due <= customer.clockMs ? NONE : due;
  }

  void shares(CustomerRecord customer, List<Share> to) {
    int first = 0;
    while (first < customer.cartTimes.length) {
      int next = end(customer, first);
      int last = (next < 0 ? customer.cartTimes.length : next) - 1;
      long until = next < 0 ? Long.MAX_VALUE : customer.cartTimes[next];
      long lastAt = customer.cartTimes[last];
      Share share =
          new Share(customer.cartTimes[first], null, null, null, null).add(Measure.CARTS, 1);
      if (isOrdered(customer, lastAt, until)) {
        share.add(Measure.CARTS_ORDERED, 1);
      } else if (next >= 0 || lastAt + restMs <= customer.clockMs) {
        share.add(Measure.CARTS_ABANDONED, 1);
      }
      to.add(share);
      first = last + 1;
    }
  }

  /** Drops what was before an erasure. */
  static void erase(CustomerRecord customer, long toMs) {
    customer.cartTimes = Arrays.stream(customer.cartTimes).filter(at -> at > toMs).toArray();
    customer.orderTimes = Arrays.stream(customer.orderTimes).filter(at -> at > toMs).toArray();
    customer.forgottenCartMs = NONE;
  }

  /** Drops the oldest carts that are over, while there is too much. */
  void trim(CustomerRecord customer) {
    while (customer.cartTimes.length > CustomerRecord.MAX_TIMES) {
      int next = end(customer, 0);
      if (next < 0) {
        return;
      }
      customer.forgottenCartMs = customer.cartTimes[next - 1];
      customer.cartTimes = without(customer.cartTimes, 0, next);
    }
  }

  /** Where the cart after the one at {@code first} begins, or -1 if that is the last. */
  private int end(CustomerRecord customer, int first) {
    long[] times = customer.cartTimes;
    for (int i = first + 1; i < times.length; i++) {
      if (times[i] - times[i - 1] > restMs || isOrdered(customer, times[i - 1], times[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Whether an order came from that moment on, before the next cart event and within the rest. */
  private boolean isOrdered(CustomerRecord customer, long lastAt, long nextAt) {
    int at = Arrays.binarySearch(customer.orderTimes, lastAt);
    at = at >= 0 ? at : -at - 1;
    return at < customer.orderTimes.length
        && customer.orderTimes[at] < nextAt
        && customer.orderTimes[at] - lastAt <= restMs;
  }

  private static long[] with(long[] times, long atMs) {
    int at = Arrays.binarySearch(times, atMs);
    if (at >= 0) {
      return times;
    }
    at = -at - 1;
    long[] more = Arrays.copyOf(times, times.length + 1);
    System.arraycopy(times, at, more, at + 1, times.length - at);
    more[at] = atMs;
    return more;
  }

  private static long[] without(long[] times, int from, int to) {
    long[] fewer = Arrays.copyOf(times, times.length - (to - from));
    System.arraycopy(times, to, fewer, from, times.length - to);
    return fewer;
  }
}
