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

  private final CartTimes carts;

  CustomerLife(KpiPolicy policy) {
    requireNonNull(policy, "policy is null");
    this.carts = new CartTimes(policy.cartAbandonedAfter().toMillis());
  }

  @Override
  public CustomerRecord begin() {
    return new CustomerRecord();
  }

  @Override
  public void apply(CustomerRecord customer, Fact fact) {
    switch (fact.type) {
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
    visit.channel.first(fact.channel, fact.timeMs);
    visit.queue.first(fact.queue, fact.timeMs);
    customer.visits.sort(OLDEST_FIRST);
  }

  @Override
  public void advance(CustomerRecord customer, long clockMs) {
    customer.clockMs = Math.max(customer.clockMs, clockMs);
  }

  @Override
  public long nextDue(CustomerRecord customer) {
    return carts.nextDue(customer);
  }

  @Override
  public void shares(CustomerRecord customer, List<Share> to) {
    long former = customer.forgottenVisitMs;
    for (Visit visit : customer.visits) {
      Share share =
          new Share(visit.startMs, visit.queue.said, visit.channel.said, null)
              .add(Measure.KNOWN_CONTACTS, 1);
      if (former != NONE && visit.startMs - former <= DAY_MS) {
        share.add(Measure.REPEATS_24H, 1);
      }
      if (former != NONE && visit.startMs - former <= WEEK_MS) {
        share.add(Measure.REPEATS_7D, 1);
      }
      to.add(share);
      former = visit.startMs;
    }
    carts.shares(customer, to);
  }

  @Override
  public void trim(CustomerRecord customer) {
    while (customer.visits.size() > CustomerRecord.MAX_VISITS) {
      customer.forgottenVisitMs = customer.visits.remove(0).startMs;
    }
    carts.trim(customer);
  }
}
