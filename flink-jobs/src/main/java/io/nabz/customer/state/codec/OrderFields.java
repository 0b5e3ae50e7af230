package io.nabz.customer.state.codec;

import io.nabz.customer.state.OrderRecord;
import io.nabz.customer.state.ProductRecord;

/** The fields of orders and of what was bought. */
final class OrderFields {
  private OrderFields() {}

  static void write(FieldWriter out, OrderRecord order) {
    Matters.write(out, order);
    out.text(6, order.total);
    out.text(7, order.currency);
    out.time(8, order.placedAtMs);
    out.text(9, order.placeEventId);
    out.truth(10, order.counted);
    out.time(11, order.promisedAtMs);
    out.text(12, order.promiseEventId);
    out.text(13, order.promiseType);
    out.text(14, order.deviceId);
    out.time(15, order.shippedAtMs);
    out.time(16, order.delayedAtMs);
    out.text(17, order.delayEventId);
    out.time(18, order.deliveredAtMs);
    out.time(19, order.cancelledAtMs);
    out.time(20, order.returnedAtMs);
  }

  static OrderRecord read(FieldReader in) {
    OrderRecord order = new OrderRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> order.total = in.text();
        case 7 -> order.currency = in.text();
        case 8 -> order.placedAtMs = in.time();
        case 9 -> order.placeEventId = in.text();
        case 10 -> order.counted = in.truth();
        case 11 -> order.promisedAtMs = in.time();
        case 12 -> order.promiseEventId = in.text();
        case 13 -> order.promiseType = in.text();
        case 14 -> order.deviceId = in.text();
        case 15 -> order.shippedAtMs = in.time();
        case 16 -> order.delayedAtMs = in.time();
        case 17 -> order.delayEventId = in.text();
        case 18 -> order.deliveredAtMs = in.time();
        case 19 -> order.cancelledAtMs = in.time();
        case 20 -> order.returnedAtMs = in.time();
        default -> Matters.read(in, order, field);
      }
    }
    return order;
  }

  static void writeProduct(FieldWriter out, ProductRecord product) {
    Matters.write(out, product);
    out.text(6, product.name);
  }

  static ProductRecord readProduct(FieldReader in) {
    ProductRecord product = new ProductRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> product.name = in.text();
        default -> Matters.read(in, product, field);
      }
    }
    return product;
  }
}
