package io.nabz.api.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The newest snapshot of each customer, and who has which identifier. */
final class SnapshotView {
  static final List<Column> COLUMNS =
      List.of(
          Column.SNAPSHOTS,
          Column.UNDER_WAY,
          Column.IDENTIFIERS,
          Column.ACTIVITY,
          Column.LAST_CONTACTS);

  private SnapshotView() {}

  /**
   * Takes up a snapshot unless a newer one is there.
   *
   * @param record its value is null to forget the customer
   * @param activity collects the tenants whose floor changes
   * @param segments whose comings and goings are to be told
   * @return the snapshot if it is news, else null
   */
  static CustomerSnapshot write(
      Transaction to,
      CustomerKey key,
      ViewRecord record,
      Set<String> activity,
      Map<String, Iterable<WatchedSegment>> segments)
      throws IOException {
    byte[] at = key(key);
    byte[] json = record.value();
    byte[] formerJson = to.get(Column.SNAPSHOTS, at);
    Snapshot former = formerJson == null ? null : Outline.read(formerJson);
    Snapshot now = json == null ? null : Outline.read(json);
    if (former != null && now != null && now.version() < former.version()) {
      return null;
    }
    if (now == null) {
      to.delete(Column.SNAPSHOTS, at);
    } else {
      to.put(Column.SNAPSHOTS, at, json);
    }
    if (now == null || record.underWay() == null) {
      to.delete(Column.UNDER_WAY, at);
    } else {
      to.put(Column.UNDER_WAY, at, record.underWay());
    }
    Snapshot was = former == null || isRedirect(formerJson) ? null : former;
    Snapshot is = now == null || isRedirect(json) ? null : now;
    moveIdentifiers(to, key, was, is);
    SearchFields before = was == null ? null : SearchFields.of(was);
    SearchFields after = is == null ? null : SearchFields.of(is);
    SearchTodo.add(to, key, before, after);
    SegmentMoves.write(to, key, before, after, is, segments);
    if (ActivityView.replace(to, key.tenant(), was, is)) {
      activity.add(key.tenant());
    }
    boolean news = now != null && (former == null || now.version() > former.version());
    return news ? new CustomerSnapshot(key, now.version(), json) : null;
  }

  /** The customer's snapshot; null when there is none, or the customer is somebody else by now. */
  static Snapshot snapshot(Transaction to, CustomerKey key) {
    byte[] json = to.get(Column.SNAPSHOTS, key(key));
    try {
      return json == null || isRedirect(json) ? null : Outline.read(json);
    } catch (IOException e) {
      throw new UncheckedIOException("the snapshot view is damaged", e);
    }
  }

  static CustomerSnapshot read(Reader reader, CustomerKey key) {
    byte[] json = reader.get(Column.SNAPSHOTS, key(key));
    return json == null ? null : new CustomerSnapshot(key, version(json), json);
  }

  /** Who the customer turned out to be; null for nobody else. */
  static String redirect(Reader reader, CustomerKey key) {
    byte[] json = reader.get(Column.SNAPSHOTS, key(key));
    try {
      return json == null ? null : CustomerSnapshot.redirect(json);
    } catch (IOException e) {
      throw new UncheckedIOException("the snapshot view is damaged", e);
    }
  }

  static byte[] underWay(Reader reader, CustomerKey key) {
    return reader.get(Column.UNDER_WAY, key(key));
  }

  static int countUnderWay(Reader reader, String tenant, Predicate<byte[]> wanted) {
    byte[] ofTenant = Keys.of(tenant).done();
    int[] count = {0};
    reader.ascend(
        Column.UNDER_WAY,
        ofTenant,
        ofTenant,
        (key, value) -> {
          count[0] += wanted.test(value) ? 1 : 0;
          return true;
        });
    return count[0];
  }

  /**
   * The keys of all customers, tenant by tenant.
   *
   * @param after where a former page ended; null for the first
   */
  static List<CustomerKey> keys(Reader reader, CustomerKey after, int limit) {
    List<CustomerKey> keys = new ArrayList<>();
    byte[] from = after == null ? new byte[] {1} : key(after);
    reader.ascend(
        Column.SNAPSHOTS,
        new byte[0],
        from,
        (key, value) -> {
          CustomerKey found = parse(key);
          if (!found.equals(after)) {
            keys.add(found);
          }
          return keys.size() < limit;
        });
    return keys;
  }

  private static CustomerKey parse(byte[] key) {
    int end = 0;
    while (key[end] != 0) {
      end++;
    }
    int customerAt = end + 1 + Integer.BYTES;
    return new CustomerKey(
        new String(key, 0, end, StandardCharsets.UTF_8),
        new String(key, customerAt, key.length - customerAt, StandardCharsets.UTF_8));
  }

  static String customerOf(Reader reader, String tenant, String type, String value) {
    byte[] customer = reader.get(Column.IDENTIFIERS, identifierKey(tenant, type, value));
    return customer == null ? null : new String(customer, StandardCharsets.UTF_8);
  }

  private static void moveIdentifiers(
      Transaction to, CustomerKey key, Snapshot former, Snapshot now) {
    Map<String, List<String>> before = identifiers(former);
    Map<String, List<String>> after = identifiers(now);
    if (before.equals(after)) {
      return;
    }
    byte[] customer = key.customerId().getBytes(StandardCharsets.UTF_8);
    before.forEach(
        (type, values) -> {
          for (String value : values) {
            byte[] at = identifierKey(key.tenant(), type, value);
            // Another customer may have it by now; that one's claim stays.
            if (Arrays.equals(to.get(Column.IDENTIFIERS, at), customer)) {
              to.delete(Column.IDENTIFIERS, at);
            }
          }
        });
    after.forEach(
        (type, values) -> {
          for (String value : values) {
            to.put(Column.IDENTIFIERS, identifierKey(key.tenant(), type, value), customer);
          }
        });
  }

  private static Map<String, List<String>> identifiers(Snapshot snapshot) {
    return snapshot == null
            || snapshot.identity() == null
            || snapshot.identity().identifiers() == null
        ? Map.of()
        : snapshot.identity().identifiers();
  }

  /** Somebody who turned out to be somebody else has nothing of its own. */
  private static boolean isRedirect(byte[] json) throws IOException {
    return CustomerSnapshot.redirect(json) != null;
  }

  /** It stands near the beginning, so that the rest need not be parsed at each read. */
  private static long version(byte[] json) {
    try (JsonParser at = Json.mapper().createParser(json)) {
      at.nextToken();
      while (at.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = at.currentName().equals("version");
        at.nextToken();
        if (found) {
          return at.getLongValue();
        }
        at.skipChildren();
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("the snapshot view is damaged", e);
    }
  }

  private static byte[] key(CustomerKey key) {
    return Keys.of(key.tenant()).text(key.customerId()).done();
  }

  private static byte[] identifierKey(String tenant, String type, String value) {
    return Keys.of(tenant).text(type).text(value).done();
  }
}
