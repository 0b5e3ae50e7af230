package io.nabz.customer;

import io.nabz.customer.state.PurchaseRecord;
import java.math.BigDecimal;

/** What the customer has bought, by count and by sum. */
final class Purchases {
  private Purchases() {}

  static void onOrder(Step step) {
    PurchaseRecord purchases = step.state().purchases;
    purchases.orders++;
    boolean newest = step.timeMs() >= purchases.lastOrderAtMs;
    purchases.lastOrderAtMs = Math.max(purchases.lastOrderAtMs, step.timeMs());
    BigDecimal total = Decimals.parse(Decimals.textOrNull(step.event().data().get("total")));
    String currency = step.event().text("currency");
    if (total == null || currency == null || currency.length() > 8) {
      return;
    }
    BigDecimal before = Decimals.parse(purchases.spend.get(currency));
    if (before == null && purchases.spend.size() >= PurchaseRecord.MAX_CURRENCIES) {
      return;
    }
    purchases.spend.put(currency, (before == null ? total : before.add(total)).toPlainString());
    if (newest || purchases.currency == null) {
      purchases.currency = currency;
    }
  }
}
