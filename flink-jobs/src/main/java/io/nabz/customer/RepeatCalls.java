package io.nabz.customer;

import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.FlagRecord;
import io.nabz.customer.state.RepeatRecord;
import io.nabz.customer.state.TimeCounter;
import io.nabz.model.Channel;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import java.util.ArrayList;
import java.util.List;

/**
 * How often the customer has to call again. A call counts as a repeat when it is at least the third
 * within the window that ends with it; a call that arrives late may make repeats of calls after it.
 */
final class RepeatCalls {
  private static final int REPEAT_FROM = 3;
  private static final int MAX_EVIDENCE = 10;
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

  /** Raises or ends {@code REPEAT_CALLER} by the calls of the day that ends now. */
  static void review(Step step, CustomerPolicy policy) {
    CustomerState state = step.state();
    TimeCounter calls = state.contactStarts.get(VOICE);
    if (calls == null || state.flag(FlagCode.REPEAT_CALLER.name()) != null) {
      return;
    }
    if (calls.count(state.nowMs, CountWindow.DAY.millis()) >= policy.repeatCallerCalls()) {
      List<EvidenceRecord> evidence = evidence(state, policy.repeatCallerCalls());
      Flags.raise(
          step.key(),
          state,
          FlagCode.REPEAT_CALLER,
          evidence.isEmpty() ? state.nowMs : evidence.get(evidence.size() - 1).timeMs,
          CustomerState.NEVER,
          evidence,
          step.changes());
    }
  }

  /** Ends the flag once the day holds too few calls; time alone can only end it. */
  static void expire(CustomerState state, CustomerPolicy policy) {
    FlagRecord flag = state.flag(FlagCode.REPEAT_CALLER.name());
    TimeCounter calls = state.contactStarts.get(VOICE);
    if (flag != null
        && (calls == null
            || calls.count(state.nowMs, CountWindow.DAY.millis()) < policy.repeatCallerCalls())) {
      Flags.end(state, FlagCode.REPEAT_CALLER);
    }
  }

  /** The newest calls of the day, oldest first. */
  private static List<EvidenceRecord> evidence(CustomerState state, int calls) {
    long from = state.nowMs - CountWindow.DAY.millis();
    List<EvidenceRecord> evidence = new ArrayList<>();
    for (ContactRecord contact : state.contacts) {
      if (contact.countedAtMs >= from
          && VOICE.equals(contact.channel)
          && evidence.size() < Math.min(calls, MAX_EVIDENCE)) {
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
