package io.nabz.api.live;

import io.nabz.api.store.KpiQuery;
import io.nabz.api.store.ViewStore;
import io.nabz.model.KpiKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The live figures: first those there are, then those that have changed, together, no more often
 * than it is asked to look. One that comes twice is told apart by its version.
 */
final class KpiStreams {
  /** The most figures in the first event; the list has the rest. */
  static final int MAX_FIRST = 500;

  private record Stream(LiveClient client, KpiQuery query) {}

  private final ViewStore store;
  private final Registry<String, Stream> live = new Registry<>();
  private final Map<KpiKey, byte[]> changed = new LinkedHashMap<>();

  KpiStreams(ViewStore store) {
    this.store = store;
  }

  void open(LiveClient client, String tenant, KpiQuery query) {
    Stream stream = new Stream(client, query);
    synchronized (this) {
      live.add(tenant, stream);
    }
    client
        .done()
        .whenComplete(
            (nothing, error) -> {
              synchronized (this) {
                live.remove(tenant, stream);
              }
            });
    client.offer(frame(store.kpis(tenant, query, MAX_FIRST, null).items()));
  }

  synchronized void changed(Map<KpiKey, byte[]> news) {
    news.forEach(
        (key, json) -> {
          if (live.isWatched(key.tenant())) {
            changed.put(key, json);
          }
        });
  }

  void flush() {
    Map<KpiKey, byte[]> news;
    Map<String, List<Stream>> watching = new HashMap<>();
    synchronized (this) {
      news = new LinkedHashMap<>(changed);
      changed.clear();
      news.keySet()
          .forEach(
              key ->
                  watching.computeIfAbsent(key.tenant(), tenant -> List.copyOf(live.of(tenant))));
    }
    watching.forEach((tenant, streams) -> tell(tenant, streams, news));
  }

  /** Those who ask the same are told the same bytes. */
  private static void tell(String tenant, List<Stream> streams, Map<KpiKey, byte[]> news) {
    Map<KpiQuery, List<byte[]>> answers = new HashMap<>();
    Map<KpiQuery, Frame> frames = new HashMap<>();
    for (Stream stream : streams) {
      List<byte[]> items =
          answers.computeIfAbsent(stream.query(), query -> matching(tenant, query, news));
      if (!items.isEmpty()) {
        stream.client().offer(frames.computeIfAbsent(stream.query(), query -> frame(items)));
      }
    }
  }

  private static List<byte[]> matching(String tenant, KpiQuery query, Map<KpiKey, byte[]> news) {
    List<byte[]> items = new ArrayList<>();
    news.forEach(
        (key, json) -> {
          if (key.tenant().equals(tenant) && query.matches(key)) {
            items.add(json);
          }
        });
    return items;
  }

  private static Frame frame(Collection<byte[]> items) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes("{\"items\":[".getBytes(StandardCharsets.UTF_8));
    boolean first = true;
    for (byte[] item : items) {
      if (!first) {
        json.write(',');
      }
      first = false;
      json.writeBytes(item);
    }
    json.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return Frame.ofJson(null, "kpis", json.toByteArray());
  }
}
