package io.nabz.api.store;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.SuppressionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who was due which offer and when, newest first. Those count who passed the arbiter up to the lot:
 * the ones to whom the alert went out, and the ones who were held out. What is refused for another
 * reason, or taken back, is in neither group.
 */
final class OfferView {
  /** How many times that an offer was due one question looks at. */
  static final int MAX_DUE = 100_000;

  private static final int MAX_REDIRECTS = 8;

  /** A time at which a customer was due an offer. */
  record Due(String offerId, String ruleId, String customerId, boolean heldOut) {}

  private record Known(Instant at, Due due) {}

  private OfferView() {}

  static void write(Transaction to, String tenant, long number, Alert alert) {
    if (counts(alert)) {
      boolean heldOut = alert.state() == AlertState.SUPPRESSED;
      to.put(
          Column.OFFERS,
          key(tenant, number, alert),
          Json.bytes(new Due(alert.offer().id(), alert.ruleId(), alert.customerId(), heldOut)));
    }
  }

  static void forget(Transaction to, String tenant, long number, Alert alert) {
    if (alert.offer() != null) {
      to.delete(Column.OFFERS, key(tenant, number, alert));
    }
  }

  private static boolean counts(Alert alert) {
    return alert.offer() != null
        && alert.audience() == Audience.MARKETING
        && alert.state() != AlertState.RETRACTED
        && (alert.suppression() == null
            || alert.suppression().reason() == SuppressionReason.HOLDOUT);
  }

  static Offers read(Reader reader, String tenant, OfferQuery query, Instant now) {
    Map<String, Map<String, Known>> offers = new HashMap<>();
    Map<String, TreeSet<String>> rules = new HashMap<>();
    int[] seen = {0};
    boolean complete =
        reader.ascend(
            Column.OFFERS,
            Keys.of(tenant).done(),
            query.to() == null
                ? Keys.of(tenant).done()
                : Keys.of(tenant).number(place(query.to().minusMillis(1))).done(),
            (key, value) -> {
              Instant at = timeOf(key);
              if (query.from() != null && at.isBefore(query.from())) {
                return false;
              }
              if (++seen[0] > MAX_DUE) {
                return false;
              }
              Due due = due(value);
              String customer = current(reader, tenant, due.customerId());
              // Newest first, so that the first time in the period is the one that stays.
              offers
                  .computeIfAbsent(due.offerId(), id -> new HashMap<>())
                  .put(customer, new Known(at, due));
              rules.computeIfAbsent(due.offerId(), id -> new TreeSet<>()).add(due.ruleId());
              return true;
            });
    List<Offers.Item> items = new ArrayList<>();
    offers.forEach(
        (offer, customers) ->
            items.add(
                item(reader, tenant, offer, rules.get(offer), customers, query.window(), now)));
    items.sort(
        Comparator.comparingLong(
                (Offers.Item item) -> item.exposed().customers() + item.heldOut().customers())
            .reversed()
            .thenComparing(Offers.Item::offerId));
    return new Offers(
        query.from(),
        query.to(),
        query.window().toSeconds(),
        Proportions.CONFIDENCE,
        complete || seen[0] <= MAX_DUE,
        items);
  }

  private static Offers.Item item(
      Reader reader,
      String tenant,
      String offer,
      TreeSet<String> rules,
      Map<String, Known> customers,
      Duration window,
      Instant now) {
    Tally exposed = new Tally();
    Tally heldOut = new Tally();
    customers.forEach(
        (customer, known) -> {
          Instant end = known.at().plus(window);
          boolean ordered =
              OrderTimes.isThereOne(reader, new CustomerKey(tenant, customer), known.at(), end);
          (known.due().heldOut() ? heldOut : exposed).add(ordered, end.isAfter(now));
        });
    return new Offers.Item(
        offer,
        List.copyOf(rules),
        exposed.group(),
        heldOut.group(),
        Offers.Uplift.of(exposed.group(), heldOut.group()));
  }

  private static final class Tally {
    private long customers;
    private long running;
    private long conversions;

    void add(boolean ordered, boolean runs) {
      customers++;
      if (ordered) {
        conversions++;
      } else if (runs) {
        running++;
      }
    }

    Offers.Group group() {
      return Offers.Group.of(customers, running, conversions);
    }
  }

  /** Who that customer is by now: orders move to whom a customer turns out to be. */
  private static String current(Reader reader, String tenant, String customerId) {
    String customer = customerId;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      String next = SnapshotView.redirect(reader, new CustomerKey(tenant, customer));
      if (next == null) {
        break;
      }
      customer = next;
    }
    return customer;
  }

  private static Due due(byte[] value) {
    try {
      return Json.read(value, Due.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the view of offers is damaged", e);
    }
  }

  private static byte[] key(String tenant, long number, Alert alert) {
    Alert.Times times = alert.times();
    Instant at = times.eventAt() != null ? times.eventAt() : times.detectedAt();
    return Keys.of(tenant).number(place(at == null ? Instant.EPOCH : at)).number(number).done();
  }

  /** Newest first. */
  private static long place(Instant time) {
    return Long.MAX_VALUE - Math.max(0, time.toEpochMilli());
  }

  private static Instant timeOf(byte[] key) {
    return Instant.ofEpochMilli(Long.MAX_VALUE - Keys.numberBefore(key, 1));
  }
}
