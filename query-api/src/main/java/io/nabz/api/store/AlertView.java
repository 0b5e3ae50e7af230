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
import java.util.function.Function;

/**
 * The alerts in the order in which they were first seen, and the log of their changes. An alert
 * that changes keeps its place in the list and gets a new place in the log, where its former one is
 * removed: whoever reads the log from any place on sees each alert once, as it is now.
 */
final class AlertView {
  static final List<Column> COLUMNS =
      List.of(
          Column.ALERTS,
          Column.ALERT_IDS,
          Column.ALERTS_BY_CUSTOMER,
          Column.ALERT_CHANGES,
          Column.OFFERS);

  /** How many alerts one page or one piece of the log may look at. */
  static final int MAX_SCAN = 20_000;

  private static final byte[] LIST_COUNTER = Keys.own("alert-list").done();
  private static final byte[] CHANGE_COUNTER = Keys.own("alert-changes").done();
  private static final byte[] NOTHING = new byte[0];

  private record Parts(Alert alert, AlertLife life) {}

  /**
   * @param alert as the stream said it last
   */
  private record Stored(long change, Alert alert, AlertLife life) {
    static Stored read(byte[] value) {
      try {
        Parts parts = Json.read(Arrays.copyOfRange(value, Long.BYTES, value.length), Parts.class);
        return new Stored(
            Keys.firstLong(value),
            parts.alert(),
            parts.life() == null ? AlertLife.NONE : parts.life());
      } catch (IOException e) {
        throw new UncheckedIOException("the alert view is damaged", e);
      }
    }

    byte[] bytes() {
      byte[] json = Json.bytes(new Parts(alert, life.history().isEmpty() ? null : life));
      return ByteBuffer.allocate(Long.BYTES + json.length).putLong(change).put(json).array();
    }

    ServedAlert served() {
      return ServedAlert.of(alert, life);
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
    byte[] place = to.get(Column.ALERT_IDS, idKey(tenant, incoming.alertId()));
    if (place == null) {
      long number = to.add(Column.META, LIST_COUNTER, 1);
      to.put(Column.ALERT_IDS, idKey(tenant, incoming.alertId()), Keys.longBytes(number));
      if (incoming.customerId() != null) {
        to.put(
            Column.ALERTS_BY_CUSTOMER, customerKey(tenant, incoming.customerId(), number), NOTHING);
      }
      AlertLife life = AlertLives.read(to, tenant, incoming.alertId());
      return put(to, tenant, epoch, number, incoming.withServedAt(seenAt), life);
    }
    long number = Keys.firstLong(place);
    Stored former = Stored.read(to.get(Column.ALERTS, listKey(tenant, number)));
    Alert alert = incoming.withServedAt(former.alert().times().servedAt());
    return alert.equals(former.alert())
        ? null
        : replace(to, tenant, epoch, number, former, alert, former.life());
  }

  /** Gives the alert another life; null if it is not known or has that life already. */
  static AlertChange relive(
      Transaction to, String tenant, String epoch, String alertId, AlertLife life) {
    byte[] place = to.get(Column.ALERT_IDS, idKey(tenant, alertId));
    if (place == null) {
      return null;
    }
    long number = Keys.firstLong(place);
    Stored former = Stored.read(to.get(Column.ALERTS, listKey(tenant, number)));
    return life.equals(former.life())
        ? null
        : replace(to, tenant, epoch, number, former, former.alert(), life);
  }

  private static AlertChange replace(
      Transaction to,
      String tenant,
      String epoch,
      long number,
      Stored former,
      Alert alert,
      AlertLife life) {
    to.delete(Column.ALERT_CHANGES, listKey(tenant, former.change()));
    OfferView.forget(to, tenant, number, former.alert());
    return put(to, tenant, epoch, number, alert, life);
  }

  private static AlertChange put(
      Transaction to, String tenant, String epoch, long number, Alert alert, AlertLife life) {
    long change = to.add(Column.META, CHANGE_COUNTER, 1);
    Stored stored = new Stored(change, alert, life);
    to.put(Column.ALERTS, listKey(tenant, number), stored.bytes());
    to.put(Column.ALERT_CHANGES, listKey(tenant, change), Keys.longBytes(number));
    OfferView.write(to, tenant, number, alert);
    return new AlertChange(tenant, new Position(epoch, change), stored.served());
  }

  /** The alert of that id as it is served, or null. */
  static ServedAlert served(Transaction to, String tenant, String alertId) {
    byte[] place = to.get(Column.ALERT_IDS, idKey(tenant, alertId));
    return place == null
        ? null
        : Stored.read(to.get(Column.ALERTS, listKey(tenant, Keys.firstLong(place)))).served();
  }

  static ServedAlert served(Reader reader, String tenant, String alertId) {
    byte[] place = reader.get(Column.ALERT_IDS, idKey(tenant, alertId));
    return place == null
        ? null
        : Stored.read(reader.get(Column.ALERTS, listKey(tenant, Keys.firstLong(place)))).served();
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
      AlertLives.forget(to, tenant, stored.alert().alertId());
      to.delete(Column.ALERT_CHANGES, listKey(tenant, stored.change()));
      OfferView.forget(to, tenant, Keys.lastLong(key), stored.alert());
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
    List<ServedAlert> items = new ArrayList<>();
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
              ServedAlert served = Stored.read(stored).served();
              if (query.matches(served.alert())) {
                items.add(served);
              }
              return true;
            });
    return new AlertPage(
        items, ended ? null : new Position(epoch, last[0]), position(reader, epoch));
  }

  /**
   * The changes after a place in the log, upwards.
   *
   * @param held gives changes that need not be read, by their positions; null for others
   */
  static AlertChanges changes(
      Reader reader,
      String tenant,
      String epoch,
      AlertQuery query,
      long after,
      int limit,
      Function<Position, AlertChange> held) {
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
              Position position = new Position(epoch, last[0]);
              AlertChange change = held.apply(position);
              if (change == null) {
                byte[] stored = reader.get(Column.ALERTS, listKey(tenant, Keys.firstLong(value)));
                change = new AlertChange(tenant, position, Stored.read(stored).served());
              }
              if (query.concerns(change.served())) {
                items.add(change);
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

  static byte[] idKey(String tenant, String alertId) {
    return Keys.of(tenant).text(alertId).done();
  }

  private static byte[] customerKey(String tenant, String customerId, long number) {
    return Keys.of(tenant).text(customerId).number(number).done();
  }
}
