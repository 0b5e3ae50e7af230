package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.ProductRecord;
import io.nabz.customer.state.PurchaseRecord;
import io.nabz.model.Money;
import io.nabz.model.Snapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the customer is worth, the {@code value} of a snapshot; asked for by rules at every visit,
 * so that the way by JSON would be a long one.
 */
final class Worth {
  private static final double MS_A_DAY = Duration.ofDays(1).toMillis();

  private Worth() {}

  static Snapshot.Value of(CustomerState state) {
    PurchaseRecord purchases = state.purchases;
    String currency = Purchases.currency(state);
    BigDecimal points = Loyalty.points(state.loyalty);
    return new Snapshot.Value(
        purchases.orders,
        currency == null ? null : money(purchases.spend.get(currency), currency),
        purchases.spend.size() > 1 ? spends(purchases) : null,
        Loyalty.tier(state),
        points,
        recencyDays(state),
        daysBetweenOrders(purchases),
        products(state),
        state.valueAtMs == 0 ? null : Instant.ofEpochMilli(state.valueAtMs));
  }

  private static Integer recencyDays(CustomerState state) {
    long last = state.purchases.lastOrderAtMs;
    return last == Long.MIN_VALUE ? null : (int) Duration.ofMillis(state.nowMs - last).toDays();
  }

  /** To a tenth of a day. */
  private static Double daysBetweenOrders(PurchaseRecord purchases) {
    if (purchases.orders < 2) {
      return null;
    }
    double span = purchases.lastOrderAtMs - purchases.firstOrderAtMs;
    return Math.round(span / MS_A_DAY / (purchases.orders - 1) * 10) / 10.0;
  }

  private static List<Money> spends(PurchaseRecord purchases) {
    List<Money> spends = new ArrayList<>(purchases.spend.size());
    for (Map.Entry<String, String> entry : new TreeMap<>(purchases.spend).entrySet()) {
      spends.add(money(entry.getValue(), entry.getKey()));
    }
    return spends;
  }

  private static List<String> products(CustomerState state) {
    if (state.products == null) {
      return List.of();
    }
    List<String> products = new ArrayList<>(state.products.size());
    for (ProductRecord product : state.products) {
      products.add(product.name == null ? product.id : product.name);
    }
    return products;
  }

  private static Money money(String amount, String currency) {
    return amount == null ? null : new Money(new BigDecimal(amount), currency);
  }
}
