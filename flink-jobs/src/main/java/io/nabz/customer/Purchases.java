package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.OrderRecord;
import io.nabz.customer.state.ProductRecord;
import io.nabz.customer.state.PurchaseRecord;
import java.math.BigDecimal;

/**
 * What the customer has bought, by count and by sum. An order that is cancelled or returned is
 * taken out again, as long as it is among the orders that are kept.
 */
final class Purchases {
  static final int MAX_PRODUCTS = 8;
  static final int MAX_CURRENCY_CHARS = 8;
  private static final int MAX_ITEMS = 20;

  private Purchases() {}

  /** An order without an id is counted for what it is; nothing can be said of it later. */
  static void addNameless(Step step) {
    PurchaseRecord purchases = step.state().purchases;
    String currency = step.event().text("currency");
    boolean known = currency != null && currency.length() <= MAX_CURRENCY_CHARS;
    change(
        purchases,
        1,
        Decimals.textOrNull(step.event().data().get("total")),
        known ? currency : null);
    if (known && step.timeMs() >= purchases.currencyAtMs) {
      purchases.currency = currency;
      purchases.currencyAtMs = step.timeMs();
    }
  }

  static void count(CustomerState state, OrderRecord order) {
    if (order.placedAtMs == 0) {
      return;
    }
    order.counted = order.cancelledAtMs == 0 && order.returnedAtMs == 0;
    if (order.counted) {
      change(state.purchases, 1, order.total, order.currency);
    }
  }

  static void uncount(CustomerState state, OrderRecord order) {
    if (order.counted) {
      change(state.purchases, -1, order.total, order.currency);
      order.counted = false;
    }
  }

  /** Remembers when an order was placed and of what. */
  static void onPlaced(Step step) {
    note(step.state().purchases, step.timeMs());
    JsonNode items = step.event().data().path("items");
    int count = 0;
    for (JsonNode item : items) {
      String sku = text(item, "sku");
      if (sku == null || ++count > MAX_ITEMS) {
        continue;
      }
      CustomerState state = step.state();
      state.products = Matters.orNew(state.products);
      ProductRecord product =
          Matters.touch(state.products, sku, step, MAX_PRODUCTS, ProductRecord::new);
      String name = Sentiments.cut(text(item, "name"), Matters.MAX_CHARS);
      if (Matters.says(product, 0, 1, step, product.name, name)) {
        product.name = name;
      }
    }
  }

  private static String text(JsonNode item, String field) {
    JsonNode node = item.get(field);
    return node == null || !node.isValueNode() || node.asText().isBlank() ? null : node.asText();
  }

  private static void note(PurchaseRecord purchases, long at) {
    purchases.lastOrderAtMs = Math.max(purchases.lastOrderAtMs, at);
    purchases.firstOrderAtMs = Moments.earlier(purchases.firstOrderAtMs, at);
  }

  /** Of the newest order that named one, or null. */
  static String currency(CustomerState state) {
    String currency = state.purchases.currency;
    long at = state.purchases.currencyAtMs;
    if (state.orders != null) {
      for (OrderRecord order : state.orders) {
        boolean newer =
            currency == null
                || order.placedAtMs > at
                || (order.placedAtMs == at
                    && order.currency != null
                    && order.currency.compareTo(currency) > 0);
        if (order.counted && order.currency != null && newer) {
          currency = order.currency;
          at = order.placedAtMs;
        }
      }
    }
    return currency;
  }

  private static void change(PurchaseRecord purchases, int by, String total, String currency) {
    purchases.orders += by;
    BigDecimal amount = Decimals.parse(total);
    if (amount == null || currency == null) {
      return;
    }
    BigDecimal before = Decimals.parse(purchases.spend.get(currency));
    if (before == null && purchases.spend.size() >= PurchaseRecord.MAX_CURRENCIES) {
      return;
    }
    BigDecimal signed = by < 0 ? amount.negate() : amount;
    BigDecimal after = before == null ? signed : before.add(signed);
    if (after.signum() == 0) {
      purchases.spend.remove(currency);
    } else {
      purchases.spend.put(currency, after.stripTrailingZeros().toPlainString());
    }
  }
}
