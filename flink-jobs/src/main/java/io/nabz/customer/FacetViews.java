package io.nabz.customer;

import io.nabz.customer.state.CallbackRecord;
import io.nabz.customer.state.CampaignRecord;
import io.nabz.customer.state.CaseRecord;
import io.nabz.customer.state.ConsentRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.OfferRecord;
import io.nabz.customer.state.OrderRecord;
import io.nabz.customer.state.ProductRecord;
import io.nabz.customer.state.PurchaseRecord;
import io.nabz.customer.state.RelationshipRecord;
import io.nabz.customer.state.ResolutionRecord;
import io.nabz.customer.state.SurveyRecord;
import io.nabz.customer.state.TaskRecord;
import io.nabz.model.Money;
import io.nabz.model.Snapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The parts of the snapshot that are lists of matters. What there is none of is null or empty. */
final class FacetViews {
  private static final double MS_A_DAY = Duration.ofDays(1).toMillis();

  private FacetViews() {}

  static List<Snapshot.Relationship> relationships(CustomerState state) {
    List<Snapshot.Relationship> shown = new ArrayList<>(0);
    if (state.relationships != null) {
      for (RelationshipRecord known : state.relationships) {
        if (Relationships.holds(known)) {
          shown.add(
              new Snapshot.Relationship(Relationships.customer(known), Relationships.kind(known)));
        }
      }
    }
    return shown;
  }

  static List<Snapshot.Consent> consents(CustomerState state) {
    return listOrNull(state.consents, FacetViews::consent);
  }

  private static Snapshot.Consent consent(ConsentRecord consent) {
    return new Snapshot.Consent(
        Marketing.purpose(consent),
        Marketing.channel(consent),
        consent.granted,
        Instant.ofEpochMilli(consent.atMs));
  }

  static List<Snapshot.Order> orders(CustomerState state, FlagPolicy policy) {
    List<Snapshot.Order> shown = new ArrayList<>(0);
    if (state.orders != null) {
      for (OrderRecord order : state.orders) {
        if (Orders.isUnderWay(order, state.nowMs, policy)) {
          shown.add(
              new Snapshot.Order(
                  order.id,
                  Orders.state(order),
                  money(order.total, order.currency),
                  Moments.instantOrNull(order.placedAtMs),
                  Moments.instantOrNull(order.promisedAtMs)));
        }
      }
    }
    return shown;
  }

  static List<Snapshot.Case> cases(CustomerState state) {
    List<Snapshot.Case> shown = new ArrayList<>(0);
    if (state.cases != null) {
      for (CaseRecord known : state.cases) {
        if (Cases.isOpen(known)) {
          shown.add(
              new Snapshot.Case(
                  known.id,
                  known.topic,
                  Cases.state(known),
                  known.priority,
                  Instant.ofEpochMilli(Cases.openedAt(known)),
                  Moments.instantOrNull(known.updatedAtMs)));
        }
      }
    }
    return shown;
  }

  static List<Snapshot.Callback> callbacks(CustomerState state, FlagPolicy policy) {
    List<Snapshot.Callback> shown = new ArrayList<>(0);
    if (state.callbacks != null) {
      for (CallbackRecord callback : state.callbacks) {
        if (Callbacks.isOwed(callback, state.nowMs, policy)) {
          shown.add(
              new Snapshot.Callback(
                  callback.id.isEmpty() ? null : callback.id,
                  state.nowMs >= callback.dueAtMs ? "missed" : "promised",
                  Instant.ofEpochMilli(callback.requestedAtMs),
                  Instant.ofEpochMilli(callback.dueAtMs)));
        }
      }
    }
    return shown;
  }

  static List<Snapshot.Campaign> campaigns(CustomerState state) {
    List<Snapshot.Campaign> shown = listOrNull(state.campaigns, FacetViews::campaign);
    return shown == null ? List.of() : shown;
  }

  private static Snapshot.Campaign campaign(CampaignRecord campaign) {
    return new Snapshot.Campaign(
        campaign.id,
        Marketing.state(campaign),
        campaign.channel,
        Instant.ofEpochMilli(campaign.lastAtMs));
  }

  static List<Snapshot.Offer> offers(CustomerState state) {
    return listOrNull(state.offers, FacetViews::offer);
  }

  private static Snapshot.Offer offer(OfferRecord offer) {
    return new Snapshot.Offer(
        offer.id,
        Marketing.state(offer),
        offer.alertId,
        Decimals.parse(offer.value),
        Instant.ofEpochMilli(offer.lastAtMs));
  }

  static List<Snapshot.Task> tasks(CustomerState state) {
    return listOrNull(state.tasks, FacetViews::task);
  }

  private static Snapshot.Task task(TaskRecord task) {
    return new Snapshot.Task(
        task.id.isEmpty() ? null : task.id,
        SelfService.state(task),
        task.channel,
        Instant.ofEpochMilli(task.lastAtMs));
  }

  static Map<String, Snapshot.Survey> surveys(CustomerState state) {
    if (state.surveys == null || state.surveys.isEmpty()) {
      return null;
    }
    Map<String, Snapshot.Survey> shown = new TreeMap<>();
    for (SurveyRecord survey : state.surveys) {
      double mean = Math.round((double) survey.sumMilli / survey.count / 10) / 100.0;
      shown.put(
          survey.id,
          new Snapshot.Survey(survey.score, mean, survey.count, Instant.ofEpochMilli(survey.atMs)));
    }
    return shown;
  }

  static Snapshot.Resolution resolution(CustomerState state, Duration window) {
    ResolutionRecord sums = state.resolution;
    if (sums == null || sums.contacts == 0) {
      return null;
    }
    long windowMs = window.toMillis();
    return new Snapshot.Resolution(
        window.toSeconds(),
        outcomes(
            sums.topicContacts, sums.topicFollowed, Resolutions.pending(state, true, windowMs)),
        outcomes(sums.contacts, sums.followed, Resolutions.pending(state, false, windowMs)));
  }

  private static Snapshot.Outcomes outcomes(long contacts, long followed, long pending) {
    return new Snapshot.Outcomes(Math.max(0, contacts - followed - pending), followed, pending);
  }

  static Snapshot.Value value(CustomerState state, Instant asOf) {
    PurchaseRecord purchases = state.purchases;
    String currency = Purchases.currency(state);
    String sum = currency == null ? null : purchases.spend.get(currency);
    boolean any = purchases.lastOrderAtMs != Long.MIN_VALUE;
    return new Snapshot.Value(
        purchases.orders,
        money(sum, currency),
        purchases.spend.size() < 2 ? null : spends(purchases),
        Loyalty.tier(state),
        Loyalty.points(state.loyalty),
        any ? (int) Duration.ofMillis(state.nowMs - purchases.lastOrderAtMs).toDays() : null,
        purchases.orders < 2 ? null : between(purchases),
        products(state),
        asOf);
  }

  private static List<Money> spends(PurchaseRecord purchases) {
    List<Money> spends = new ArrayList<>(purchases.spend.size());
    new TreeMap<>(purchases.spend)
        .forEach((currency, amount) -> spends.add(money(amount, currency)));
    return spends;
  }

  /** To a tenth of a day. */
  private static double between(PurchaseRecord purchases) {
    double span = purchases.lastOrderAtMs - purchases.firstOrderAtMs;
    return Math.round(span / MS_A_DAY / (purchases.orders - 1) * 10) / 10.0;
  }

  private static List<String> products(CustomerState state) {
    List<String> shown = new ArrayList<>(0);
    if (state.products != null) {
      for (ProductRecord product : state.products) {
        shown.add(product.name == null ? product.id : product.name);
      }
    }
    return shown;
  }

  static Money money(String amount, String currency) {
    return amount == null || currency == null ? null : new Money(new BigDecimal(amount), currency);
  }

  private static <T, V> List<V> listOrNull(List<T> records, Function<T, V> view) {
    return records == null || records.isEmpty() ? null : records.stream().map(view).toList();
  }
}
