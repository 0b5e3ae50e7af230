package io.nabz.customer;

import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.TimeCounter;
import io.nabz.model.ContactState;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import java.util.Comparator;

/** The life of contacts, whatever order its events come in. */
final class Contacts {
  /** The newest contacts that are kept, by their start, so that arrival order does not matter. */
  static final int MAX_CONTACTS = 6;

  private static final Comparator<ContactRecord> NEWEST_FIRST =
      Comparator.<ContactRecord>comparingLong(Contacts::startedAt)
          .reversed()
          .thenComparing(contact -> contact.contactId);

  private static final String NO_CHANNEL = "unknown";

  private Contacts() {}

  static void apply(Step step) {
    Event event = step.event();
    String contactId = event.text("contactId");
    if (contactId == null) {
      return;
    }
    CustomerState state = step.state();
    ContactRecord contact = find(state, contactId);
    if (contact == null) {
      contact = new ContactRecord();
      contact.contactId = contactId;
      state.contacts.add(contact);
    }
    note(contact, step);
    describe(contact, event, step.timeMs());
    recount(state, contact);
    state.contacts.sort(NEWEST_FIRST);
    if (state.contacts.size() > MAX_CONTACTS) {
      state.contacts.remove(MAX_CONTACTS);
    }
  }

  /** Where the contact stands, by the moments known of it. */
  static ContactState state(ContactRecord contact) {
    if (contact.abandonedAtMs != 0) {
      return ContactState.ABANDONED;
    }
    if (contact.endedAtMs != 0) {
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
      case ENDED -> contact.endedAtMs;
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
    return first == Long.MAX_VALUE ? contact.describedAtMs : first;
  }

  /** Ends contacts of which nothing has been heard for too long; true when there was one. */
  static boolean giveUp(CustomerState state, long lostAfterMs) {
    boolean any = false;
    for (ContactRecord contact : state.contacts) {
      if (!state(contact).isOver() && lastWord(contact) + lostAfterMs <= state.nowMs) {
        contact.endedAtMs = lastWord(contact) + lostAfterMs;
        any = true;
      }
    }
    return any;
  }

  /** When the next silent contact is given up, or {@link CustomerState#NEVER}. */
  static long nextGivenUp(CustomerState state, long lostAfterMs) {
    long next = CustomerState.NEVER;
    for (ContactRecord contact : state.contacts) {
      if (!state(contact).isOver()) {
        next = Math.min(next, lastWord(contact) + lostAfterMs);
      }
    }
    return next;
  }

  private static long lastWord(ContactRecord contact) {
    return Math.max(contact.describedAtMs, since(contact));
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
    switch (step.event().type()) {
      case EventTypes.CONTACT_INITIATED -> {
        contact.initiatedAtMs = earlier(contact.initiatedAtMs, at);
        contact.startEventId = step.event().id();
      }
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
    if (contact.startEventId == null) {
      contact.startEventId = step.event().id();
    }
  }

  /** Newer words win over older ones; older ones only fill gaps. */
  private static void describe(ContactRecord contact, Event event, long at) {
    boolean newer = at >= contact.describedAtMs;
    contact.channel = said(contact.channel, event.text("channel"), newer);
    contact.direction = said(contact.direction, event.text("direction"), newer);
    contact.queue = said(contact.queue, event.text("queue"), newer);
    contact.agentId = said(contact.agentId, event.text("agentId"), newer);
    contact.topic = said(contact.topic, event.text("topic"), newer);
    contact.disposition = said(contact.disposition, event.text("disposition"), newer);
    if (event.data().path("waitSeconds").isNumber()) {
      contact.waitSeconds = event.data().get("waitSeconds").asDouble();
    }
    contact.describedAtMs = Math.max(contact.describedAtMs, at);
  }

  private static String said(String known, String said, boolean newer) {
    return said != null && (newer || known == null) ? said : known;
  }

  /**
   * Counts the contact under the moment of its start, once, and moves it when an earlier start
   * turns up. Contacts that the company began, and those whose beginning nobody told, are not
   * counted.
   */
  private static void recount(CustomerState state, ContactRecord contact) {
    long start =
        contact.initiatedAtMs != 0
            ? contact.initiatedAtMs
            : earlier(contact.queuedAtMs, contact.connectedAtMs);
    boolean counts = start != 0 && !"outbound".equals(contact.direction);
    long wanted = counts ? start : 0;
    if (wanted == contact.countedAtMs) {
      return;
    }
    String channel = contact.channel == null ? NO_CHANNEL : contact.channel;
    TimeCounter counter =
        state.contactStarts.computeIfAbsent(channel, ignored -> new TimeCounter());
    if (contact.countedAtMs != 0) {
      RepeatCalls.remove(state, channel, counter, contact.countedAtMs);
    }
    if (wanted != 0) {
      RepeatCalls.add(state, channel, counter, wanted);
    }
    contact.countedAtMs = wanted;
  }

  /** The earlier of two moments of which zero is none. */
  private static long earlier(long a, long b) {
    if (a == 0 || b == 0) {
      return Math.max(a, b);
    }
    return Math.min(a, b);
  }
}
