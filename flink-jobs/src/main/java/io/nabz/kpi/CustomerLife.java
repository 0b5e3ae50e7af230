package io.nabz.kpi;

import static io.nabz.kpi.Share.NONE;
import static java.util.Objects.requireNonNull;

import io.nabz.model.EventTypes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What only a customer's events together tell: which contact repeats another, and which cart was
 * ordered or left.
 */
final class CustomerLife implements Life<CustomerRecord> {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long WEEK_MS = Duration.ofDays(7).toMillis();
  private static final Comparator<Visit> OLDEST_FIRST =
      Comparator.<Visit>comparingLong(visit -> visit.startMs)
          .thenComparingLong(visit -> visit.contactHash);

  private final long resolvedAfterMs;
  private final CartTimes carts;

  CustomerLife(KpiPolicy policy) {
    requireNonNull(policy, "policy is null");
    this.resolvedAfterMs = policy.resolvedAfter().toMillis();
    this.carts = new CartTimes(policy.cartAbandonedAfter().toMillis());
  }

  @Override
  public CustomerRecord begin() {
    return new CustomerRecord();
  }

  @Override
  public void apply(CustomerRecord customer, Fact fact) {
    if (customer.erasedAtMs != NONE && fact.timeMs <= customer.erasedAtMs) {
      return;
    }
    switch (fact.type) {
      case EventTypes.CUSTOMER_ERASED -> customer.erasedAtMs = fact.timeMs;
      case EventTypes.CONTACT_INITIATED, EventTypes.CONTACT_QUEUED, EventTypes.CONTACT_CONNECTED ->
          visit(customer, fact);
      case EventTypes.ORDER_PLACED -> carts.order(customer, fact.timeMs);
      default -> carts.touch(customer, fact.timeMs);
    }
  }

  private static void visit(CustomerRecord customer, Fact fact) {
    Visit visit = null;
    for (Visit known : customer.visits) {
      if (known.contactHash == fact.hash) {
        visit = known;
        break;
      }
    }
    if (visit == null) {
      if (customer.forgottenVisitMs != NONE && fact.timeMs <= customer.forgottenVisitMs) {
        return;
      }
      visit = new Visit();
      visit.contactHash = fact.hash;
      visit.startMs = fact.timeMs;
      customer.visits.add(visit);
    }
    visit.startMs = Math.min(visit.startMs, fact.timeMs);
    visit.words.first(Words.CHANNEL, fact.channel, fact.timeMs);
    visit.words.first(Words.QUEUE, fact.queue, fact.timeMs);
    visit.words.first(Words.TOPIC, fact.topic, fact.timeMs);
    customer.visits.sort(OLDEST_FIRST);
  }

  @Override
  public void advance(CustomerRecord customer, long clockMs) {
    customer.clockMs = Math.max(customer.clockMs, clockMs);
  }

  @Override
  public long nextDue(CustomerRecord customer) {
    long due = carts.nextDue(customer);
    for (Visit visit : customer.visits) {
      long settled = visit.startMs + resolvedAfterMs + 1;
      if (settled > customer.clockMs) {
        due = Subject.earlier(due, settled);
      }
    }
    return due;
  }

  @Override
  public void shares(CustomerRecord customer, List<Share> to) {
    for (int i = 0; i < customer.visits.size(); i++) {
      Visit visit = customer.visits.get(i);
      Share share =
          new Share(
                  visit.startMs,
                  visit.words.get(Words.QUEUE),
                  visit.words.get(Words.CHANNEL),
                  null,
                  topic(visit))
              .add(Measure.KNOWN_CONTACTS, 1);
      long sinceFormer = since(customer, visit, i - 1);
      share.add(Measure.REPEATS_24H, sinceFormer <= DAY_MS ? 1 : 0);
      share.add(Measure.REPEATS_7D, sinceFormer <= WEEK_MS ? 1 : 0);
      long sinceThird = since(customer, visit, i - 2);
      share.add(Measure.THIRDS_24H, sinceThird <= DAY_MS ? 1 : 0);
      share.add(Measure.THIRDS_7D, sinceThird <= WEEK_MS ? 1 : 0);
      settle(customer, i, false, share, Measure.SETTLED, Measure.RESOLVED);
      if (topic(visit) != null) {
        settle(customer, i, true, share, Measure.TOPIC_SETTLED, Measure.TOPIC_RESOLVED);
      }
      to.add(share);
    }
    carts.shares(customer, to);
  }

  private static String topic(Visit visit) {
    return visit.words.get(Words.TOPIC);
  }

  /** How long before it that other one began; below zero are those that have left the list. */
  private static long since(CustomerRecord customer, Visit visit, int other) {
    long start =
        switch (other) {
          case -1 -> customer.forgottenVisitMs;
          case -2 -> customer.forgottenBeforeMs;
          default -> customer.visits.get(other).startMs;
        };
    return start == NONE ? Long.MAX_VALUE : visit.startMs - start;
  }

  /** A contact is settled once another has followed within the window, or the window is over. */
  private void settle(
      CustomerRecord customer,
      int index,
      boolean sameTopic,
      Share share,
      Measure settled,
      Measure resolved) {
    Visit visit = customer.visits.get(index);
    long overMs = visit.startMs + resolvedAfterMs;
    for (int i = index + 1; i < customer.visits.size(); i++) {
      Visit later = customer.visits.get(i);
      if (later.startMs > overMs) {
        share.add(settled, 1).add(resolved, 1);
        return;
      }
      if (!sameTopic || topic(visit).equals(topic(later))) {
        share.add(settled, 1);
        return;
      }
    }
    if (customer.clockMs > overMs) {
      share.add(settled, 1).add(resolved, 1);
    }
  }

  @Override
  public void trim(CustomerRecord customer) {
    if (customer.erasedAtMs != NONE) {
      customer.visits.removeIf(visit -> visit.startMs <= customer.erasedAtMs);
      customer.forgottenVisitMs = NONE;
      customer.forgottenBeforeMs = NONE;
      CartTimes.erase(customer, customer.erasedAtMs);
    }
    while (customer.visits.size() > CustomerRecord.MAX_VISITS) {
      customer.forgottenBeforeMs = customer.forgottenVisitMs;
      customer.forgottenVisitMs = customer.visits.remove(0).startMs;
    }
    carts.trim(customer);
  }
}
