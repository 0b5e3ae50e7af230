package io.nabz.customer;

import io.nabz.customer.state.CartLine;
import io.nabz.customer.state.CartRecord;
import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.FlagRecord;
import io.nabz.customer.state.IdentifierRecord;
import io.nabz.customer.state.JourneyStep;
import io.nabz.customer.state.RepeatRecord;
import io.nabz.customer.state.SentimentRecord;
import io.nabz.customer.state.TimeCounter;
import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.CustomerKey;
import io.nabz.model.FlagCode;
import io.nabz.model.Money;
import io.nabz.model.Snapshot;
import io.nabz.model.Touchpoint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The snapshot of a customer's state: the same state always gives the same snapshot. */
public final class SnapshotView {
  /** Steps of time that fit between two events in a version; more share the last number. */
  private static final int MAX_STEPS = 255;

  private static final double LABEL_FROM = 0.25;
  private static final String ALL_CONTACTS = "contact";

  private SnapshotView() {}

  /**
   * The version orders snapshots by the events they hold, so that after a replay from a checkpoint
   * the older ones among the repeated snapshots can be told from new ones.
   */
  public static long version(CustomerState state) {
    return state.appliedEvents * (MAX_STEPS + 1) + Math.min(state.steps, MAX_STEPS);
  }

  /** The snapshot as of the customer's own clock. */
  public static Snapshot of(CustomerKey key, CustomerState state, CustomerPolicy policy) {
    Instant asOf = Instant.ofEpochMilli(state.nowMs);
    return new Snapshot(
        key.customerId(),
        version(state),
        asOf,
        identity(state),
        FacetViews.relationships(state),
        currentActivity(state, policy, asOf),
        history(key, state, policy, asOf),
        FacetViews.value(state, asOf),
        sentiment(state, policy.flags()),
        flags(state),
        Actions.of(state, policy.flags()),
        freshness(state));
  }

  private static Snapshot.Identity identity(CustomerState state) {
    Map<String, List<String>> identifiers = new TreeMap<>();
    for (IdentifierRecord known : state.profile.identifiers) {
      identifiers.computeIfAbsent(known.type, ignored -> new ArrayList<>(1)).add(known.value);
    }
    return new Snapshot.Identity(
        identifiers,
        new TreeMap<>(state.profile.attributes),
        state.profile.attributes.get("language"),
        FacetViews.consents(state),
        instantOrNull(state.profile.updatedAtMs));
  }

  private static Snapshot.CurrentActivity currentActivity(
      CustomerState state, CustomerPolicy policy, Instant asOf) {
    List<Snapshot.Contact> live = new ArrayList<>();
    for (ContactRecord contact : state.contacts) {
      if (!Contacts.state(contact).isOver()) {
        live.add(contact(state, contact, policy));
      }
    }
    return new Snapshot.CurrentActivity(
        live,
        cart(state.cart),
        FacetViews.orders(state, policy.flags()),
        FacetViews.cases(state),
        FacetViews.callbacks(state, policy.flags()),
        asOf);
  }

  private static Snapshot.Contact contact(
      CustomerState state, ContactRecord contact, CustomerPolicy policy) {
    long window = policy.resolvedAfter().toMillis();
    ContactState contactState = Contacts.state(contact);
    long over = contactState.isOver() ? Contacts.since(contact) : 0;
    return new Snapshot.Contact(
        contact.contactId,
        contact.channel,
        contact.direction,
        contactState,
        contact.queue,
        contact.agentId,
        contact.topic,
        contact.disposition,
        Instant.ofEpochMilli(Contacts.since(contact)),
        Instant.ofEpochMilli(Contacts.startedAt(contact)),
        over == 0 ? null : Instant.ofEpochMilli(over),
        wait(contact),
        contact.connectedAtMs != 0 && over >= contact.connectedAtMs
            ? (over - contact.connectedAtMs) / 1000.0
            : null,
        contact.transfers,
        Resolutions.resolved(state, contact, true, window),
        Resolutions.resolved(state, contact, false, window));
  }

  /** As the event said it, otherwise from queueing to what ended the wait. */
  private static Double wait(ContactRecord contact) {
    if (contact.waitSeconds >= 0) {
      return contact.waitSeconds;
    }
    long end = contact.connectedAtMs != 0 ? contact.connectedAtMs : contact.abandonedAtMs;
    return contact.queuedAtMs != 0 && end >= contact.queuedAtMs
        ? (end - contact.queuedAtMs) / 1000.0
        : null;
  }

  private static Snapshot.Cart cart(CartRecord cart) {
    CartState cartState = Carts.state(cart);
    List<Snapshot.CartItem> items = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    String currency = null;
    for (CartLine line : cart.lines) {
      if (line.quantity <= 0) {
        continue;
      }
      BigDecimal quantity = BigDecimal.valueOf(line.quantity).stripTrailingZeros();
      Money price = FacetViews.money(line.price, line.currency);
      items.add(
          new Snapshot.CartItem(line.sku.isEmpty() ? null : line.sku, line.name, quantity, price));
      // A cart is in one currency; lines in another are shown but not summed.
      if (price != null && (currency == null || currency.equals(price.currency()))) {
        currency = price.currency();
        sum = sum.add(price.amount().multiply(quantity));
      }
    }
    return new Snapshot.Cart(
        cartState == CartState.NONE ? null : cart.cartId,
        items,
        currency == null ? null : new Money(sum, currency),
        cartState,
        switch (cartState) {
          case NONE -> null;
          case OPEN -> Instant.ofEpochMilli(cart.openedAtMs);
          case CHECKOUT -> Instant.ofEpochMilli(cart.checkoutAtMs);
          case ABANDONED -> Instant.ofEpochMilli(cart.abandonedAtMs);
        });
  }

  private static Snapshot.History history(
      CustomerKey key, CustomerState state, CustomerPolicy policy, Instant asOf) {
    Map<String, Snapshot.Repeats> repeats = new LinkedHashMap<>();
    repeats.put(CountWindow.DAY.code(), repeats(state.repeats24h));
    repeats.put(CountWindow.WEEK.code(), repeats(state.repeats7d));
    return new Snapshot.History(
        state.contacts.stream().map(contact -> contact(state, contact, policy)).toList(),
        counts(key, state),
        repeats,
        FacetViews.resolution(state, policy.resolvedAfter()),
        state.journey.stream().map(SnapshotView::touchpoint).toList(),
        stage(state),
        FacetViews.campaigns(state),
        FacetViews.offers(state),
        FacetViews.surveys(state),
        FacetViews.tasks(state),
        asOf);
  }

  /** Where the newest touchpoint lies that lies anywhere. */
  private static String stage(CustomerState state) {
    for (JourneyStep step : state.journey) {
      String stage = Experience.stage(step.type, step.topic);
      if (stage != null) {
        return stage;
      }
    }
    return null;
  }

  private static Snapshot.Repeats repeats(RepeatRecord repeats) {
    return new Snapshot.Repeats(repeats.repeatContacts, repeats.peak);
  }

  private static Map<String, Map<String, Integer>> counts(CustomerKey key, CustomerState state) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (Map.Entry<String, TimeCounter> entry : state.contactStarts.entrySet()) {
      Map<String, Integer> ofChannel = new LinkedHashMap<>();
      Map<String, Integer> ofAll =
          counts.computeIfAbsent(ALL_CONTACTS, ignored -> new LinkedHashMap<>());
      for (CountWindow window : CountWindow.values()) {
        int count = entry.getValue().count(state.nowMs, window.millis());
        ofChannel.put(window.code(), count);
        ofAll.merge(window.code(), count, Integer::sum);
      }
      counts.put(ALL_CONTACTS + '.' + entry.getKey(), ofChannel);
    }
    if (state.families != null) {
      long phase = Families.phase(key);
      state.families.forEach(
          (family, counter) -> {
            Map<String, Integer> ofFamily = new LinkedHashMap<>();
            for (CountWindow window : Families.WINDOWS) {
              ofFamily.put(window.code(), counter.count(state.nowMs, window.millis(), phase));
            }
            counts.put(family, ofFamily);
          });
    }
    return counts;
  }

  static Touchpoint touchpoint(JourneyStep step) {
    return new Touchpoint(
        step.eventId,
        step.type,
        Instant.ofEpochMilli(step.timeMs),
        step.channel,
        step.contactId,
        step.queue,
        step.agentId,
        step.topic,
        step.text,
        Double.isNaN(step.sentiment) ? null : step.sentiment,
        step.orderId,
        step.cartId,
        step.caseId,
        step.name,
        FacetViews.money(step.amount, step.currency),
        Experience.stage(step.type, step.topic),
        Experience.clue(step.type, step.channel));
  }

  private static Snapshot.Sentiment sentiment(CustomerState state, FlagPolicy policy) {
    SentimentRecord sentiment = state.sentiment;
    if (sentiment.eventId == null) {
      return new Snapshot.Sentiment(null, null, null, null, null, List.of(), null);
    }
    return new Snapshot.Sentiment(
        sentiment.score,
        average(state),
        label(sentiment.score),
        Moods.trend(state.signs, policy),
        sentiment.text == null ? null : new Snapshot.LastText(sentiment.text, spans(sentiment)),
        sentiment.emotions == null ? List.of() : List.copyOf(sentiment.emotions),
        Instant.ofEpochMilli(sentiment.atMs));
  }

  private static List<List<BigDecimal>> spans(SentimentRecord sentiment) {
    List<List<BigDecimal>> spans = new ArrayList<>();
    for (int i = 0; sentiment.spans != null && i < sentiment.spans.length; i += 3) {
      spans.add(
          List.of(
              BigDecimal.valueOf((int) sentiment.spans[i]),
              BigDecimal.valueOf((int) sentiment.spans[i + 1]),
              BigDecimal.valueOf(sentiment.spans[i + 2]).setScale(2, RoundingMode.HALF_UP)));
    }
    return spans;
  }

  /** To a hundredth. */
  private static Double average(CustomerState state) {
    Double average = Moods.decayed(state.signs);
    return average == null ? null : Math.round(average * 100) / 100.0;
  }

  private static String label(double score) {
    if (score <= -LABEL_FROM) {
      return "negative";
    }
    return score >= LABEL_FROM ? "positive" : "neutral";
  }

  private static List<Snapshot.Flag> flags(CustomerState state) {
    List<Snapshot.Flag> flags = new ArrayList<>(state.flags.size());
    for (FlagRecord flag : state.flags) {
      FlagCode code = FlagCode.valueOf(flag.code);
      flags.add(
          new Snapshot.Flag(
              code,
              code.severity(),
              Instant.ofEpochMilli(flag.sinceMs),
              flag.untilMs == CustomerState.NEVER ? null : Instant.ofEpochMilli(flag.untilMs),
              flag.evidence.stream().map(e -> e.eventId).toList()));
    }
    return flags;
  }

  private static Map<String, Snapshot.Freshness> freshness(CustomerState state) {
    Map<String, Snapshot.Freshness> freshness = new TreeMap<>();
    state.sources.forEach(
        (source, clock) ->
            freshness.put(
                source,
                new Snapshot.Freshness(Instant.ofEpochMilli(clock.lastEventAtMs), clock.lagMs)));
    return freshness;
  }

  private static Instant instantOrNull(long millis) {
    return millis == Long.MIN_VALUE ? null : Instant.ofEpochMilli(millis);
  }
}
