package io.nabz.customer;

import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.ResolutionRecord;
import io.nabz.customer.state.TimeCounter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/**
 * First contact resolution: a contact is resolved when no further one of the customer begins within
 * the window after its beginning, on whatever topic and, counted apart, on the same topic. Sums are
 * exact for contacts that arrive no later than 30 days after the customer's newest event.
 */
final class Resolutions {
  static final int MAX_TOPICS = 8;

  private Resolutions() {}

  /** Adds a counted start; answers the topic under which it is counted, or null. */
  static String add(CustomerState state, long at, String topic, long windowMs) {
    if (state.resolution == null) {
      state.resolution = new ResolutionRecord();
    }
    ResolutionRecord sums = state.resolution;
    sums.contacts++;
    sums.followed += pairs(state.contactStarts.values(), at, windowMs);
    TimeCounter counter = counter(state, topic);
    if (counter == null) {
      return null;
    }
    sums.topicContacts++;
    sums.topicFollowed += pairs(List.of(counter), at, windowMs);
    counter.add(at);
    return topic;
  }

  /** Takes out a start that is no longer among the starts by channel. */
  static void remove(CustomerState state, long at, String topic, long windowMs) {
    ResolutionRecord sums = state.resolution;
    if (sums == null) {
      return;
    }
    sums.contacts--;
    sums.followed -= pairs(state.contactStarts.values(), at, windowMs);
    TimeCounter counter =
        topic == null || state.topicStarts == null ? null : state.topicStarts.get(topic);
    if (counter != null && counter.remove(at)) {
      sums.topicContacts--;
      sums.topicFollowed -= pairs(List.of(counter), at, windowMs);
    }
  }

  static void prune(CustomerState state) {
    if (state.topicStarts != null) {
      state.topicStarts.values().forEach(counter -> counter.prune(state.nowMs));
      state.topicStarts.values().removeIf(TimeCounter::isEmpty);
    }
  }

  /** Whether it was resolved; null while a further contact may still come, or if not counted. */
  static Boolean resolved(
      CustomerState state, ContactRecord contact, boolean sameTopic, long windowMs) {
    if (contact.countedAtMs == 0 || (sameTopic && contact.topic == null)) {
      return null;
    }
    for (ContactRecord other : state.contacts) {
      boolean later =
          other.countedAtMs > contact.countedAtMs
              || (other.countedAtMs == contact.countedAtMs
                  && other.contactId.compareTo(contact.contactId) > 0);
      if (later
          && other.countedAtMs - contact.countedAtMs <= windowMs
          && (!sameTopic || contact.topic.equals(other.topic))) {
        return Boolean.FALSE;
      }
    }
    return contact.countedAtMs + windowMs < state.nowMs ? Boolean.TRUE : null;
  }

  /** When the next contact counts as resolved, or {@link CustomerState#NEVER}. */
  static long nextResolved(CustomerState state, long windowMs) {
    long next = CustomerState.NEVER;
    for (ContactRecord contact : state.contacts) {
      long at = contact.countedAtMs + windowMs + 1;
      if (contact.countedAtMs != 0 && at > state.nowMs) {
        next = Math.min(next, at);
      }
    }
    return next;
  }

  /** Contacts whose window is still open, and that nothing has followed yet. */
  static int pending(CustomerState state, boolean sameTopic, long windowMs) {
    if (sameTopic) {
      int pending = 0;
      if (state.topicStarts != null) {
        for (TimeCounter counter : state.topicStarts.values()) {
          pending += isOpen(counter, state.nowMs, windowMs) ? 1 : 0;
        }
      }
      return pending;
    }
    for (TimeCounter counter : state.contactStarts.values()) {
      if (isOpen(counter, state.nowMs, windowMs)) {
        return 1;
      }
    }
    return 0;
  }

  private static boolean isOpen(TimeCounter counter, long nowMs, long windowMs) {
    int size = counter.times.length;
    return size > 0 && counter.times[size - 1] + windowMs >= nowMs;
  }

  private static TimeCounter counter(CustomerState state, String topic) {
    if (topic == null) {
      return null;
    }
    if (state.topicStarts == null) {
      state.topicStarts = new HashMap<>(4);
    }
    TimeCounter counter = state.topicStarts.get(topic);
    if (counter == null && state.topicStarts.size() < MAX_TOPICS) {
      counter = new TimeCounter();
      state.topicStarts.put(topic, counter);
    }
    return counter;
  }

  /** By how many pairs of neighbours within the window the moment adds to those of the counters. */
  private static int pairs(Collection<TimeCounter> counters, long at, long windowMs) {
    long before = Long.MIN_VALUE;
    long after = Long.MAX_VALUE;
    for (TimeCounter counter : counters) {
      int place = counter.upperBound(at);
      if (place > 0) {
        before = Math.max(before, counter.times[place - 1]);
      }
      if (place < counter.times.length) {
        after = Math.min(after, counter.times[place]);
      }
    }
    boolean hasBefore = before != Long.MIN_VALUE;
    boolean hasAfter = after != Long.MAX_VALUE;
    int pairs = 0;
    pairs += hasBefore && at - before <= windowMs ? 1 : 0;
    pairs += hasAfter && after - at <= windowMs ? 1 : 0;
    pairs -= hasBefore && hasAfter && after - before <= windowMs ? 1 : 0;
    return pairs;
  }
}
