package io.nabz.customer;

import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.RepeatRecord;
import io.nabz.customer.state.TimeCounter;
import io.nabz.model.Channel;
import io.nabz.model.EventTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * How often the customer has to call again. A call counts as a repeat when it is at least the third
 * within the window that ends with it; a call that arrives late may make repeats of calls after it.
 */
final class RepeatCalls {
  private static final int REPEAT_FROM = 3;
  private static final String VOICE = Channel.VOICE.code();

  private RepeatCalls() {}

  static void add(CustomerState state, String channel, TimeCounter counter, long at) {
    counter.add(at);
    if (channel.equals(VOICE)) {
      added(state.repeats24h, counter, at, CountWindow.DAY.millis());
      added(state.repeats7d, counter, at, CountWindow.WEEK.millis());
    }
    counter.prune(state.nowMs);
  }

  static void remove(CustomerState state, String channel, TimeCounter counter, long at) {
    if (counter.remove(at) && channel.equals(VOICE)) {
      removed(state.repeats24h, counter, at, CountWindow.DAY.millis());
      removed(state.repeats7d, counter, at, CountWindow.WEEK.millis());
    }
  }

  /**
   * {@code REPEAT_CALLER}: since the call with which the day came to hold enough of them, as long
   * as it has held enough at every moment since.
   */
  static Review.Condition repeating(Review review, int calls) {
    CustomerState state = review.state();
    TimeCounter counter = state.contactStarts.get(VOICE);
    long day = CountWindow.DAY.millis();
    if (counter == null || counter.count(review.nowMs(), day) < calls) {
      return null;
    }
    long[] times = counter.times;
    int last = counter.upperBound(review.nowMs()) - 1;
    int first = last - calls + 1;
    if (first < 0) {
      // All but a few of so many calls stand in buckets: nothing is known of when it began.
      return new Review.Condition(review.nowMs(), CustomerState.NEVER, List.of());
    }
    review.again(times[first] + day + 1);
    while (first > 0 && times[first - 1] + day >= times[last]) {
      first--;
      last--;
    }
    return new Review.Condition(
        times[last], CustomerState.NEVER, evidence(state, times[first], times[last]));
  }

  /** The calls that made it, oldest first, as far as they are kept. */
  private static List<EvidenceRecord> evidence(CustomerState state, long from, long to) {
    List<EvidenceRecord> evidence = new ArrayList<>();
    for (ContactRecord contact : state.contacts) {
      if (contact.countedAtMs >= from
          && contact.countedAtMs <= to
          && VOICE.equals(contact.countedChannel)
          && evidence.size() < Review.MAX_EVIDENCE) {
        evidence.add(
            0,
            new EvidenceRecord(
                "call", contact.startEventId, EventTypes.CONTACT_INITIATED, contact.countedAtMs));
      }
    }
    return evidence;
  }

  /** Calls of the same moment count as having come one after the other. */
  private static void added(RepeatRecord repeats, TimeCounter counter, long at, long window) {
    int i = counter.lowerBound(at);
    int last = counter.upperBound(at + window);
    while (i < last) {
      long end = counter.times[i];
      int next = counter.upperBound(end);
      int same = next - i;
      int calls = counter.count(end, window);
      repeats.peak = Math.max(repeats.peak, calls);
      // A later call becomes a repeat when just one call stood before it until now.
      boolean pushed = end == at || calls - same - 1 < REPEAT_FROM - 1;
      if (calls >= REPEAT_FROM && pushed) {
        repeats.repeatContacts++;
      }
      i = next;
    }
  }

  private static void removed(RepeatRecord repeats, TimeCounter counter, long at, long window) {
    if (counter.count(at, window) + 1 >= REPEAT_FROM) {
      repeats.repeatContacts--;
    }
    int i = counter.upperBound(at);
    int last = counter.upperBound(at + window);
    while (i < last) {
      int next = counter.upperBound(counter.times[i]);
      int callsBefore = counter.count(counter.times[i], window) + 1;
      if (callsBefore >= REPEAT_FROM && callsBefore - (next - i) < REPEAT_FROM) {
        repeats.repeatContacts--;
      }
      i = next;
    }
    int peak = 0;
    for (long end : counter.times) {
      peak = Math.max(peak, counter.count(end, window));
    }
    repeats.peak = peak;
  }
}
