package io.nabz.api.store;

import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The floor as an index of the snapshots, changed with each of them: its entries lie newest first,
 * so a read costs a hundred steps however many customers there are.
 */
final class ActivityView {
  /** Under it lie the totals of all tenants. */
  static final byte[] TOTALS = Keys.own("total").done();

  private static final char CONTACT = 'c';
  private static final char CART = 'k';

  private enum Total {
    CONTACTS,
    WAITING,
    CARTS,
    ABANDONED_CARTS,
    CUSTOMERS
  }

  private ActivityView() {}

  /** Replaces what the customer's former snapshot put there; returns whether anything changed. */
  static boolean replace(Transaction to, String tenant, Snapshot former, Snapshot now) {
    Map<ByteKey, byte[]> before = entries(tenant, former);
    Map<ByteKey, byte[]> after = entries(tenant, now);
    boolean changed = false;
    for (ByteKey key : before.keySet()) {
      if (!after.containsKey(key)) {
        to.delete(Column.ACTIVITY, key.bytes);
        changed = true;
      }
    }
    for (Map.Entry<ByteKey, byte[]> entry : after.entrySet()) {
      if (!Arrays.equals(entry.getValue(), before.get(entry.getKey()))) {
        to.put(Column.ACTIVITY, entry.getKey().bytes, entry.getValue());
        changed = true;
      }
    }
    long[] was = totals(former);
    long[] is = totals(now);
    for (Total total : Total.values()) {
      long delta = is[total.ordinal()] - was[total.ordinal()];
      if (delta != 0) {
        to.add(Column.META, totalKey(tenant, total), delta);
        changed = true;
      }
    }
    return changed;
  }

  static Activity read(Reader reader, String tenant, Instant asOf) {
    return new Activity(
        asOf,
        new Activity.Totals(
            reader.getLong(Column.META, totalKey(tenant, Total.CONTACTS)),
            reader.getLong(Column.META, totalKey(tenant, Total.WAITING)),
            reader.getLong(Column.META, totalKey(tenant, Total.CARTS)),
            reader.getLong(Column.META, totalKey(tenant, Total.ABANDONED_CARTS)),
            reader.getLong(Column.META, totalKey(tenant, Total.CUSTOMERS))),
        newest(reader, tenant, CONTACT, Activity.Contact.class),
        newest(reader, tenant, CART, Activity.Cart.class));
  }

  private static <T> List<T> newest(Reader reader, String tenant, char kind, Class<T> type) {
    byte[] prefix = Keys.of(tenant).code(kind).done();
    List<T> items = new ArrayList<>();
    reader.ascend(
        Column.ACTIVITY,
        prefix,
        prefix,
        (key, value) -> {
          try {
            items.add(Json.read(value, type));
          } catch (IOException e) {
            throw new UncheckedIOException("the activity view is damaged", e);
          }
          return items.size() < Activity.MAX_ENTRIES;
        });
    return items;
  }

  private static Map<ByteKey, byte[]> entries(String tenant, Snapshot snapshot) {
    Map<ByteKey, byte[]> entries = new HashMap<>();
    if (snapshot == null) {
      return entries;
    }
    String name = name(snapshot);
    for (Snapshot.Contact contact : contacts(snapshot)) {
      entries.put(
          key(tenant, CONTACT, contact.since(), snapshot.customerId(), contact.contactId()),
          Json.bytes(
              new Activity.Contact(
                  snapshot.customerId(),
                  name,
                  contact.contactId(),
                  contact.channel(),
                  contact.state(),
                  contact.queue(),
                  contact.agentId(),
                  contact.since())));
    }
    Snapshot.Cart cart = cart(snapshot);
    if (cart != null) {
      entries.put(
          key(tenant, CART, cart.since(), snapshot.customerId(), ""),
          Json.bytes(
              new Activity.Cart(
                  snapshot.customerId(),
                  name,
                  cart.cartId(),
                  cart.state(),
                  pieces(cart),
                  cart.value(),
                  cart.since())));
    }
    return entries;
  }

  private static long[] totals(Snapshot snapshot) {
    long[] totals = new long[Total.values().length];
    if (snapshot == null) {
      return totals;
    }
    totals[Total.CUSTOMERS.ordinal()] = 1;
    for (Snapshot.Contact contact : contacts(snapshot)) {
      totals[Total.CONTACTS.ordinal()]++;
      if (contact.state() == ContactState.QUEUED) {
        totals[Total.WAITING.ordinal()]++;
      }
    }
    Snapshot.Cart cart = cart(snapshot);
    if (cart != null) {
      boolean abandoned = cart.state() == CartState.ABANDONED;
      totals[(abandoned ? Total.ABANDONED_CARTS : Total.CARTS).ordinal()]++;
    }
    return totals;
  }

  private static List<Snapshot.Contact> contacts(Snapshot snapshot) {
    if (snapshot.currentActivity() == null || snapshot.currentActivity().contacts() == null) {
      return List.of();
    }
    return snapshot.currentActivity().contacts().stream()
        .filter(c -> c.contactId() != null && c.state() != null && !c.state().isOver())
        .toList();
  }

  private static Snapshot.Cart cart(Snapshot snapshot) {
    Snapshot.Cart cart =
        snapshot.currentActivity() == null ? null : snapshot.currentActivity().cart();
    return cart == null || cart.state() == null || cart.state() == CartState.NONE ? null : cart;
  }

  private static int pieces(Snapshot.Cart cart) {
    if (cart.items() == null) {
      return 0;
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (Snapshot.CartItem item : cart.items()) {
      sum = sum.add(item.quantity() == null ? BigDecimal.ONE : item.quantity());
    }
    return sum.setScale(0, RoundingMode.CEILING).intValue();
  }

  private static String name(Snapshot snapshot) {
    return snapshot.identity() == null || snapshot.identity().attributes() == null
        ? null
        : snapshot.identity().attributes().get("name");
  }

  private static ByteKey key(
      String tenant, char kind, Instant since, String customerId, String part) {
    long millis = since == null ? 0 : Math.max(0, since.toEpochMilli());
    return new ByteKey(
        Keys.of(tenant)
            .code(kind)
            .number(Long.MAX_VALUE - millis)
            .text(customerId)
            .text(part)
            .done());
  }

  private static byte[] totalKey(String tenant, Total total) {
    return Keys.own("total").text(tenant).text(total.name()).done();
  }

  /** Bytes as the key of a map. */
  private static final class ByteKey {
    private final byte[] bytes;

    ByteKey(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByteKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
