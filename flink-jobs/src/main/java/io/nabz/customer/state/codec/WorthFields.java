package io.nabz.customer.state.codec;

import io.nabz.customer.state.LoyaltyRecord;
import io.nabz.customer.state.PurchaseRecord;

/** The fields of what the customer has bought and stands at. */
final class WorthFields {
  private WorthFields() {}

  static void writePurchases(FieldWriter out, PurchaseRecord purchases) {
    out.number(1, purchases.orders);
    out.time(2, purchases.lastOrderAtMs, Long.MIN_VALUE);
    out.time(3, purchases.firstOrderAtMs);
    out.time(4, purchases.currencyAtMs);
    out.text(5, purchases.currency);
    out.ownTexts(6, purchases.spend);
  }

  static PurchaseRecord readPurchases(FieldReader in) {
    PurchaseRecord purchases = new PurchaseRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> purchases.orders = in.number();
        case 2 -> purchases.lastOrderAtMs = in.time();
        case 3 -> purchases.firstOrderAtMs = in.time();
        case 4 -> purchases.currencyAtMs = in.time();
        case 5 -> purchases.currency = in.text();
        case 6 -> purchases.spend = in.textsByText();
        default -> in.skip();
      }
    }
    return purchases;
  }

  static void writeLoyalty(FieldWriter out, LoyaltyRecord loyalty) {
    out.text(1, loyalty.tier);
    out.time(2, loyalty.tierAtMs);
    out.text(3, loyalty.tierEventId);
    out.text(4, loyalty.balance);
    out.time(5, loyalty.balanceAtMs);
    out.text(6, loyalty.changes);
    out.time(7, loyalty.joinedAtMs);
  }

  static LoyaltyRecord readLoyalty(FieldReader in) {
    LoyaltyRecord loyalty = new LoyaltyRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> loyalty.tier = in.text();
        case 2 -> loyalty.tierAtMs = in.time();
        case 3 -> loyalty.tierEventId = in.text();
        case 4 -> loyalty.balance = in.text();
        case 5 -> loyalty.balanceAtMs = in.time();
        case 6 -> loyalty.changes = in.text();
        case 7 -> loyalty.joinedAtMs = in.time();
        default -> in.skip();
      }
    }
    return loyalty;
  }
}
