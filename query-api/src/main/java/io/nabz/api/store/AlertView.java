package io.nabz.api.store;

import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The alerts in the order in which they were first seen, and the log of their changes. An alert
 * that changes keeps its place in the list and gets a new place in the log, where its former one is
 * removed: whoever reads the log from any place on sees each alert once, as it is now.
 */
final class AlertView {
  static final List<Column> COLUMNS =
      List.of(Column.ALERTS, Column.ALERT_IDS, Column.ALERTS_BY_CUSTOMER, Column.ALERT_CHANGES);

  /** How many alerts one page or one piece of the log may look at. */
  static final int MAX_SCAN = 20_000;

  private static final byte[] LIST_COUNTER = Keys.own("alert-list").done();
  private static final byte[] CHANGE_COUNTER = Keys.own("alert-changes").done();
  private static final byte[] NOTHING = new byte[0];

  private record Stored(long change, Alert alert) {
    static Stored read(byte[] value) {
      try {
        return new Stored(
            Keys.firstLong(value),
            Json.read(Arrays.copyOfRange(value, Long.BYTES, value.length), Alert.class));
      } catch (IOException e) {
        throw new UncheckedIOException("the alert view is damaged", e);
      }
    }

    byte[] bytes() {
      byte[] json = Json.bytes(alert);
      return ByteBuffer.allocate(Long.BYTES + json.length).putLong(change).put(json).array();
    }
  }

  private AlertView() {}

  /**
   * Takes up an alert.
   *
   * @param seenAt becomes {@code servedAt} if the alert is new
   * @return the change, or null when it is there just so already
   */
  static AlertChange write(
      Transaction to, String tenant, String epoch, Alert incoming, Instant seenAt) {
    byte[] idKey = idKey(tenant, incoming.alertId());
    byte[] place = to.get(Column.ALERT_IDS, idKey);
    long number;
    Instant servedAt = seenAt;
    if (place == null) {
      number = to.add(Column.META, LIST_COUNTER, 1);
      to.put(Column.ALERT_IDS, idKey, Keys.longBytes(number));
      to.put(
          Column.ALERTS_BY_CUSTOMER, customerKey(tenant, incoming.customerId(), number), NOTHING);
    } else {
      number = Keys.firstLong(place);
      Stored former = Stored.read(to.get(Column.ALERTS, listKey(tenant, number)));
      servedAt = former.alert().times().servedAt();
      if (incoming.withServedAt(servedAt).equals(former.alert())) {
        return null;
      }
      to.delete(Column.ALERT_CHANGES, listKey(tenant, former.change()));
    }
    long change = to.add(Column.META, CHANGE_COUNTER, 1);
    Alert alert = incoming.withServedAt(servedAt);
    to.put(Column.ALERTS, listKey(tenant, number), new Stored(change, alert).bytes());
    to.put(Column.ALERT_CHANGES, listKey(tenant, change), Keys.longBytes(number));
    return new AlertChange(tenant, new Position(epoch, change), alert);
  }

  /** Forgets all alerts of a customer. */
  static void forget(Transaction to, CustomerKey customer) {
    String tenant = customer.tenant();
    byte[] under = Keys.of(tenant).text(customer.customerId()).done();
    for (byte[] key : to.keysUnder(Column.ALERTS_BY_CUSTOMER, under)) {
      byte[] at = listKey(tenant, Keys.lastLong(key));
      Stored stored = Stored.read(to.get(Column.ALERTS, at));
      to.delete(Column.ALERTS_BY_CUSTOMER, key);
      to.delete(Column.ALERTS, at);
      to.delete(Column.ALERT_IDS, idKey(tenant, stored.alert().alertId()));
      to.delete(Column.ALERT_CHANGES, listKey(tenant, stored.change()));
    }
  }

  /**
   * A page downwards.
   *
   * @param before the page begins below it; null for the newest
   */
  static AlertPage page(
      Reader reader, String tenant, String epoch, AlertQuery query, int limit, Position before) {
    boolean ofCustomer = query.customerId() != null;
    byte[] prefix =
        ofCustomer ? Keys.of(tenant).text(query.customerId()).done() : Keys.of(tenant).done();
    long from = before == null ? Long.MAX_VALUE : Math.max(0, before.number() - 1);
    List<Alert> items = new ArrayList<>();
    long[] last = {0};
    int[] scanned = {0};
    boolean ended =
        reader.descend(
            ofCustomer ? Column.ALERTS_BY_CUSTOMER : Column.ALERTS,
            prefix,
            ofCustomer ? customerKey(tenant, query.customerId(), from) : listKey(tenant, from),
            (key, value) -> {
              if (items.size() == limit || scanned[0] == MAX_SCAN) {
                return false;
              }
              last[0] = Keys.lastLong(key);
              scanned[0]++;
              byte[] stored =
                  ofCustomer ? reader.get(Column.ALERTS, listKey(tenant, last[0])) : value;
              Alert alert = Stored.read(stored).alert();
              if (query.matches(alert)) {
                items.add(alert);
              }
              return true;
            });
    return new AlertPage(
        items, ended ? null : new Position(epoch, last[0]), position(reader, epoch));
  }

  /** The changes after a place in the log, upwards. */
  static AlertChanges changes(
      Reader reader, String tenant, String epoch, AlertQuery query, long after, int limit) {
    List<AlertChange> items = new ArrayList<>();
    long[] last = {after};
    int[] scanned = {0};
    boolean ended =
        reader.ascend(
            Column.ALERT_CHANGES,
            Keys.of(tenant).done(),
            listKey(tenant, after + 1),
            (key, value) -> {
              if (items.size() == limit || scanned[0] == MAX_SCAN) {
                return false;
              }
              last[0] = Keys.lastLong(key);
              scanned[0]++;
              byte[] stored = reader.get(Column.ALERTS, listKey(tenant, Keys.firstLong(value)));
              Alert alert = Stored.read(stored).alert();
              if (query.matches(alert)) {
                items.add(new AlertChange(tenant, new Position(epoch, last[0]), alert));
              }
              return true;
            });
    return new AlertChanges(items, ended ? position(reader, epoch) : new Position(epoch, last[0]));
  }

  /** The newest change of all. */
  static Position position(Reader reader, String epoch) {
    return new Position(epoch, reader.getLong(Column.META, CHANGE_COUNTER));
  }

  private static byte[] listKey(String tenant, long number) {
    return Keys.of(tenant).number(number).done();
  }

  private static byte[] idKey(String tenant, String alertId) {
    return Keys.of(tenant).text(alertId).done();
  }

  private static byte[] customerKey(String tenant, String customerId, long number) {
    return Keys.of(tenant).text(customerId).number(number).done();
  }
}
