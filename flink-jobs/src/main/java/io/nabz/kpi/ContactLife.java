package io.nabz.kpi;

import static io.nabz.kpi.Share.NONE;
import static java.util.Objects.requireNonNull;

import io.nabz.model.EventTypes;
import java.util.List;

/**
 * A contact from its beginning to its end. It counts where it began, in the figures of its first
 * queue and of the agent who answered; the clock of waiting starts at the queue. What the sender
 * says of waits and handling wins over the difference of moments.
 */
final class ContactLife implements Life<ContactRecord> {
  private final KpiPolicy policy;

  ContactLife(KpiPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  @Override
  public ContactRecord begin() {
    return new ContactRecord();
  }

  @Override
  public void apply(ContactRecord contact, Fact fact) {
    note(contact, fact);
    contact.lost = false;
    contact.outbound |= "outbound".equals(fact.direction);
    Words words = contact.words;
    words.first(Words.CHANNEL, fact.channel, fact.timeMs);
    words.first(Words.QUEUE, fact.queue, fact.timeMs);
    words.first(Words.AGENT, fact.agentId, fact.timeMs);
    words.first(fact.topicIsRead ? Words.READ_TOPIC : Words.TOPIC, fact.topic, fact.timeMs);
    words.last(Words.NOW_QUEUE, fact.queue, fact.timeMs);
    words.last(Words.NOW_AGENT, fact.agentId, fact.timeMs);
  }

  private static void note(ContactRecord contact, Fact fact) {
    long at = fact.timeMs;
    switch (fact.type) {
      case EventTypes.CONTACT_INITIATED ->
          contact.initiatedAtMs = Subject.earlier(contact.initiatedAtMs, at);
      case EventTypes.CONTACT_QUEUED -> {
        contact.firstQueuedAtMs = Subject.earlier(contact.firstQueuedAtMs, at);
        contact.lastQueuedAtMs = Math.max(contact.lastQueuedAtMs, at);
      }
      case EventTypes.CONTACT_CONNECTED -> connect(contact, fact);
      case EventTypes.CONTACT_ENDED -> {
        if (at > contact.endedAtMs) {
          contact.statedHandleMs = fact.statedMs;
        } else if (at == contact.endedAtMs) {
          contact.statedHandleMs = Math.max(contact.statedHandleMs, fact.statedMs);
        }
        contact.endedAtMs = Math.max(contact.endedAtMs, at);
      }
      case EventTypes.CONTACT_ABANDONED -> {
        contact.abandonedAtMs = Math.max(contact.abandonedAtMs, at);
        contact.statedAbandonWaitMs = Math.max(contact.statedAbandonWaitMs, fact.statedMs);
      }
      default -> {
        // What is said comes just once, since the customer's operator knows repeats.
        if (fact.type.equals(Facts.FELT) || contact.seen.add(fact.hash)) {
          Points.add(contact.points, fact);
        }
      }
    }
  }

  private static void connect(ContactRecord contact, Fact fact) {
    long at = fact.timeMs;
    if (contact.firstConnectedAtMs == NONE || at < contact.firstConnectedAtMs) {
      contact.firstConnectedAtMs = at;
      contact.statedWaitMs = fact.statedMs;
    } else if (at == contact.firstConnectedAtMs) {
      contact.statedWaitMs = Math.max(contact.statedWaitMs, fact.statedMs);
    }
    contact.lastConnectedAtMs = Math.max(contact.lastConnectedAtMs, at);
  }

  @Override
  public void advance(ContactRecord contact, long clockMs) {
    contact.lost = nextLost(contact) != NONE && nextLost(contact) <= clockMs;
  }

  @Override
  public long nextDue(ContactRecord contact) {
    return contact.lost ? NONE : nextLost(contact);
  }

  private long nextLost(ContactRecord contact) {
    return isOver(contact) ? NONE : contact.lastWordMs + policy.contactLostAfter().toMillis();
  }

  private static boolean isOver(ContactRecord contact) {
    return contact.endedAtMs != NONE || contact.abandonedAtMs != NONE;
  }

  @Override
  public void shares(ContactRecord contact, List<Share> to) {
    Share share =
        new Share(
            start(contact),
            contact.words.get(Words.QUEUE),
            contact.words.get(Words.CHANNEL),
            contact.words.get(Words.AGENT),
            topic(contact));
    if (contact.outbound) {
      share.add(Measure.OUTBOUND, 1);
    } else if (moment(contact) != NONE) {
      count(contact, share);
    }
    share.addAll(contact.points);
    if (!share.isEmpty()) {
      to.add(share);
    }
    Share live = live(contact);
    if (!live.isEmpty()) {
      to.add(live);
    }
  }

  private void count(ContactRecord contact, Share share) {
    boolean queued = contact.firstQueuedAtMs != NONE;
    share.add(Measure.CONTACTS, 1);
    if (queued) {
      share.add(Measure.QUEUED, 1);
    }
    if (contact.firstConnectedAtMs != NONE) {
      answered(contact, share, queued);
    } else if (queued && isOver(contact)) {
      abandoned(contact, share);
    } else if (contact.abandonedAtMs != NONE) {
      share.add(Measure.LEFT_BEFORE_QUEUE, 1);
    }
  }

  private void answered(ContactRecord contact, Share share, boolean queued) {
    long waitMs =
        queued
            ? stated(contact.statedWaitMs, contact.firstQueuedAtMs, contact.firstConnectedAtMs)
            : Math.max(0, contact.statedWaitMs);
    share.add(Measure.ANSWERED, 1).add(Measure.WAIT_MS, waitMs);
    share.waitMs = waitMs;
    if (queued) {
      share.add(Measure.ANSWERED_QUEUED, 1);
    }
    for (int i = 0; i < policy.targets().size(); i++) {
      if (waitMs <= policy.targets().get(i).toMillis()) {
        share.add(Measure.answeredWithin(i), 1);
      }
    }
    if (isOver(contact)) {
      long end = Math.max(contact.endedAtMs, contact.abandonedAtMs);
      share.handleMs = stated(contact.statedHandleMs, contact.firstConnectedAtMs, end);
      share.add(Measure.HANDLED, 1).add(Measure.HANDLE_MS, share.handleMs);
    }
  }

  private void abandoned(ContactRecord contact, Share share) {
    long left = contact.abandonedAtMs != NONE ? contact.abandonedAtMs : contact.endedAtMs;
    long waitMs = stated(contact.statedAbandonWaitMs, contact.firstQueuedAtMs, left);
    share.add(Measure.ABANDONED, 1);
    if (waitMs <= policy.shortAbandon().toMillis()) {
      share.add(Measure.SHORT_ABANDONED, 1);
    }
    for (int i = 0; i < policy.targets().size(); i++) {
      if (waitMs <= policy.targets().get(i).toMillis()) {
        share.add(Measure.abandonedWithin(i), 1);
      }
    }
  }

  private static Share live(ContactRecord contact) {
    Share share =
        new Share(
            Share.NOW,
            contact.words.get(Words.NOW_QUEUE),
            contact.words.get(Words.CHANNEL),
            contact.words.get(Words.NOW_AGENT),
            topic(contact));
    if (contact.outbound || contact.lost || isOver(contact)) {
      return share;
    }
    boolean connected =
        contact.lastConnectedAtMs != NONE && contact.lastConnectedAtMs >= contact.lastQueuedAtMs;
    if (connected) {
      share.add(Measure.CONNECTED, 1);
    } else if (contact.lastQueuedAtMs != NONE) {
      share.add(Measure.WAITING, 1);
      share.waitingSinceMs = contact.lastQueuedAtMs;
      // Whoever had the contact before has it no longer.
      share.agentId = null;
    }
    return share;
  }

  private static String topic(ContactRecord contact) {
    String told = contact.words.get(Words.TOPIC);
    return told != null ? told : contact.words.get(Words.READ_TOPIC);
  }

  private static long stated(long stated, long from, long to) {
    return stated != NONE ? stated : Math.max(0, to - from);
  }

  private static long start(ContactRecord contact) {
    long moment = moment(contact);
    return moment == NONE ? contact.firstWordMs : moment;
  }

  /** The first moment of its life, or {@link Share#NONE} if only messages or surveys tell of it. */
  private static long moment(ContactRecord contact) {
    long first = Subject.earlier(contact.initiatedAtMs, contact.firstQueuedAtMs);
    first = Subject.earlier(first, contact.firstConnectedAtMs);
    first = Subject.earlier(first, contact.abandonedAtMs);
    return Subject.earlier(first, contact.endedAtMs);
  }
}
