package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.TimeCounter;
import io.nabz.model.ContactState;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import java.util.Comparator;
import java.util.Objects;

/** The life of contacts, whatever order its events come in. */
final class Contacts {
  /** The newest contacts that are kept, by their start, so that arrival order does not matter. */
  static final int MAX_CONTACTS = 6;

  static final Comparator<ContactRecord> NEWEST_FIRST =
      Comparator.<ContactRecord>comparingLong(Contacts::startedAt)
          .reversed()
          .thenComparing(contact -> contact.contactId);

  private static final int FIELDS = 7;
  private static final int MAX_CHANNELS = 16;

  /** With what the types of the events of a contact's own life begin. */
  private static final String OWN_EVENTS = "contact.";

  private static final String NO_CHANNEL = "unknown";

  private Contacts() {}

  static void apply(Step step, long resolvedAfterMs) {
    Event event = step.event();
    String contactId = step.word("contactId");
    if (contactId == null) {
      return;
    }
    CustomerState state = step.state();
    state.contactsDueMs = Long.MIN_VALUE;
    ContactRecord contact = find(state, contactId);
    if (contact == null) {
      contact = new ContactRecord();
      contact.contactId = contactId;
      contact.baseMs = step.timeMs();
      state.contacts.add(contact);
    }
    note(contact, step);
    describe(contact, event, step.timeMs());
    recount(state, contact, resolvedAfterMs);
    state.contacts.sort(NEWEST_FIRST);
    if (state.contacts.size() > MAX_CONTACTS) {
      state.contacts.remove(MAX_CONTACTS);
    }
  }

  /** When the oldest contact in progress began; {@link CustomerState#NEVER} for none. */
  static long inProgressSince(CustomerState state) {
    long since = CustomerState.NEVER;
    for (ContactRecord contact : state.contacts) {
      since = state(contact).isOver() ? since : Math.min(since, startedAt(contact));
    }
    return since;
  }

  /** Null when nobody named one. */
  static String channel(ContactRecord contact) {
    return contact.channel == null ? contact.messageChannel : contact.channel;
  }

  /** Where the contact stands, by the moments known of it. */
  static ContactState state(ContactRecord contact) {
    if (contact.abandonedAtMs != 0) {
      return ContactState.ABANDONED;
    }
    if (contact.endedAtMs != 0 || contact.lostAtMs != 0) {
      return ContactState.ENDED;
    }
    if (contact.connectedAtMs != 0 && contact.connectedAtMs >= contact.queuedAtMs) {
      return ContactState.CONNECTED;
    }
    return contact.queuedAtMs != 0 ? ContactState.QUEUED : ContactState.INITIATED;
  }

  /** When it came into its state, epoch milliseconds. */
  static long since(ContactRecord contact) {
    return switch (state(contact)) {
      case ABANDONED -> contact.abandonedAtMs;
      case ENDED -> contact.endedAtMs != 0 ? contact.endedAtMs : contact.lostAtMs;
      case CONNECTED -> contact.connectedAtMs;
      case QUEUED -> contact.queuedAtMs;
      case INITIATED -> startedAt(contact);
    };
  }

  /** The first moment known of it. */
  static long startedAt(ContactRecord contact) {
    if (contact.initiatedAtMs != 0) {
      return contact.initiatedAtMs;
    }
    long first = Long.MAX_VALUE;
    for (long moment :
        new long[] {
          contact.queuedAtMs, contact.connectedAtMs, contact.endedAtMs, contact.abandonedAtMs
        }) {
      if (moment != 0) {
        first = Math.min(first, moment);
      }
    }
    return first == Long.MAX_VALUE ? contact.firstAtMs : first;
  }

  /** Ends contacts of which nothing has been heard for too long; true when there was one. */
  static boolean giveUp(CustomerState state, long lostAfterMs) {
    boolean any = false;
    for (ContactRecord contact : state.contacts) {
      if (!state(contact).isOver() && contact.describedAtMs + lostAfterMs <= state.nowMs) {
        contact.lostAtMs = contact.describedAtMs + lostAfterMs;
        state.contactsDueMs = Long.MIN_VALUE;
        any = true;
      }
    }
    return any;
  }

  /**
   * When time alone next changes what is known of contacts, or {@link CustomerState#NEVER}: one is
   * given up, or counts as resolved, or a count falls.
   */
  static long nextDue(CustomerState state, CustomerPolicy policy) {
    // Falls are looked for after now, so what was found holds until then.
    if (state.contactsDueMs <= state.nowMs) {
      long due = nextGivenUp(state, policy.contactLostAfter().toMillis());
      due = Math.min(due, Resolutions.nextResolved(state, policy.resolvedAfter().toMillis()));
      state.contactsDueMs = Math.min(due, nextFall(state));
    }
    return state.contactsDueMs;
  }

  private static long nextFall(CustomerState state) {
    long next = CustomerState.NEVER;
    for (TimeCounter counter : state.contactStarts.values()) {
      for (CountWindow window : CountWindow.values()) {
        next = Math.min(next, counter.nextFall(state.nowMs, window.millis()));
      }
    }
    return next;
  }

  private static long nextGivenUp(CustomerState state, long lostAfterMs) {
    long next = CustomerState.NEVER;
    for (ContactRecord contact : state.contacts) {
      if (!state(contact).isOver()) {
        next = Math.min(next, contact.describedAtMs + lostAfterMs);
      }
    }
    return next;
  }

  private static ContactRecord find(CustomerState state, String contactId) {
    for (ContactRecord contact : state.contacts) {
      if (contact.contactId.equals(contactId)) {
        return contact;
      }
    }
    return null;
  }

  private static void note(ContactRecord contact, Step step) {
    long at = step.timeMs();
    // Whoever is heard of again had not been lost; time will tell anew.
    contact.lostAtMs = 0;
    boolean begins = step.event().type().equals(EventTypes.CONTACT_INITIATED);
    boolean first =
        begins
            ? contact.initiatedAtMs == 0 || at < contact.initiatedAtMs
            : contact.initiatedAtMs == 0 && (contact.firstAtMs == 0 || at < contact.firstAtMs);
    if (first || contact.startEventId == null) {
      contact.startEventId = step.event().id();
    }
    contact.firstAtMs = Moments.earlier(contact.firstAtMs, at);
    switch (step.event().type()) {
      case EventTypes.CONTACT_INITIATED ->
          contact.initiatedAtMs = Moments.earlier(contact.initiatedAtMs, at);
      case EventTypes.CONTACT_QUEUED -> contact.queuedAtMs = Math.max(contact.queuedAtMs, at);
      case EventTypes.CONTACT_CONNECTED ->
          contact.connectedAtMs = Math.max(contact.connectedAtMs, at);
      case EventTypes.CONTACT_TRANSFERRED -> contact.transfers++;
      case EventTypes.CONTACT_ENDED -> contact.endedAtMs = Math.max(contact.endedAtMs, at);
      case EventTypes.CONTACT_ABANDONED ->
          contact.abandonedAtMs = Math.max(contact.abandonedAtMs, at);
      default -> {
        // Messages keep their contact alive and say nothing of its state.
      }
    }
  }

  /** Newer words win over older ones, field by field. */
  private static void describe(ContactRecord contact, Event event, long at) {
    String channel = Sentiments.cut(event.text("channel"), Matters.MAX_CHARS);
    if (event.type().startsWith(OWN_EVENTS)) {
      contact.channel = said(contact, 0, contact.channel, channel, at);
    } else if (channel != null
        && (contact.messageChannel == null || channel.compareTo(contact.messageChannel) < 0)) {
      // A text message sent during a call does not make the call a chat.
      contact.messageChannel = channel;
    }
    contact.direction = said(contact, 1, contact.direction, event.text("direction"), at);
    contact.queue = said(contact, 2, contact.queue, event.text("queue"), at);
    contact.agentId = said(contact, 3, contact.agentId, event.text("agentId"), at);
    contact.topic = said(contact, 4, contact.topic, event.text("topic"), at);
    contact.disposition = said(contact, 5, contact.disposition, event.text("disposition"), at);
    JsonNode wait = event.data().path("waitSeconds");
    if (wait.isNumber()
        && wait.asDouble() >= 0
        && wait.asText().equals(said(contact, 6, null, wait.asText(), at))) {
      contact.waitSeconds = wait.asDouble();
    }
    contact.describedAtMs = Math.max(contact.describedAtMs, at);
  }

  private static String said(ContactRecord contact, int field, String known, String word, long at) {
    if (word == null) {
      return known;
    }
    if (contact.saidAt == null) {
      contact.saidAt = Words.none(FIELDS);
      contact.baseMs = contact.baseMs == 0 ? at : contact.baseMs;
    }
    String said = Sentiments.cut(word, Matters.MAX_CHARS);
    return Words.newer(contact.saidAt, field, contact.baseMs, at, known, said) ? said : known;
  }

  /**
   * Counts the contact under the moment of its start, once, and moves it when an earlier start, a
   * channel or a topic turns up. Contacts that the company began, and those whose beginning nobody
   * told, are not counted.
   */
  private static void recount(CustomerState state, ContactRecord contact, long resolvedAfterMs) {
    long start =
        contact.initiatedAtMs != 0
            ? contact.initiatedAtMs
            : Moments.earlier(contact.queuedAtMs, contact.connectedAtMs);
    long wanted = "outbound".equals(contact.direction) ? 0 : start;
    String channel = channel(contact) == null ? NO_CHANNEL : channel(contact);
    if (wanted == contact.countedAtMs
        && (wanted == 0
            || (channel.equals(contact.countedChannel)
                && Objects.equals(contact.topic, contact.countedTopic)))) {
      return;
    }
    boolean moved = contact.countedAtMs != 0;
    boolean stale = wanted < state.nowMs - TimeCounter.HORIZON_MS;
    if (moved) {
      String before = contact.countedChannel == null ? channel : contact.countedChannel;
      TimeCounter counter = state.contactStarts.get(before);
      if (counter != null) {
        RepeatCalls.remove(state, before, counter, contact.countedAtMs);
      }
      Resolutions.remove(state, contact.countedAtMs, contact.countedTopic, resolvedAfterMs);
      contact.countedTopic = null;
    }
    if (wanted != 0) {
      contact.countedTopic = Resolutions.add(state, wanted, contact.topic, resolvedAfterMs);
      TimeCounter counter = counter(state, channel);
      if (counter != null) {
        RepeatCalls.add(state, channel, counter, wanted);
      }
    }
    contact.countedAtMs = wanted;
    contact.countedChannel = wanted == 0 ? null : channel;
    if (moved || stale) {
      prune(state);
      Resolutions.prune(state);
    }
  }

  /** Drops the starts that no count reaches any more. */
  static void prune(CustomerState state) {
    state.contactStarts.values().forEach(counter -> counter.prune(state.nowMs));
    state.contactStarts.values().removeIf(TimeCounter::isEmpty);
  }

  /** The counter of the channel, or null when there are too many channels to be true. */
  private static TimeCounter counter(CustomerState state, String channel) {
    TimeCounter counter = state.contactStarts.get(channel);
    if (counter == null && state.contactStarts.size() < MAX_CHANNELS) {
      counter = new TimeCounter();
      state.contactStarts.put(channel, counter);
    }
    return counter;
  }
}
