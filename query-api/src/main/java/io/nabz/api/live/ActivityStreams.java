package io.nabz.api.live;

import io.nabz.api.store.ViewStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The live floor: sent when it has changed, and no more often than it is asked to look. */
final class ActivityStreams {
  private final ViewStore store;
  private final Registry<String, LiveClient> live = new Registry<>();
  private final Set<String> changed = new HashSet<>();

  ActivityStreams(ViewStore store) {
    this.store = store;
  }

  void open(LiveClient client, String tenant) {
    synchronized (this) {
      live.add(tenant, client);
    }
    client
        .done()
        .whenComplete(
            (nothing, error) -> {
              synchronized (this) {
                live.remove(tenant, client);
              }
            });
    client.offerLatest(frame(tenant));
  }

  synchronized void changed(Set<String> tenants) {
    for (String tenant : tenants) {
      if (live.isWatched(tenant)) {
        changed.add(tenant);
      }
    }
  }

  void flush() {
    List<String> tenants;
    synchronized (this) {
      tenants = new ArrayList<>(changed);
      changed.clear();
    }
    for (String tenant : tenants) {
      Frame frame = frame(tenant);
      List<LiveClient> clients;
      synchronized (this) {
        clients = List.copyOf(live.of(tenant));
      }
      clients.forEach(client -> client.offerLatest(frame));
    }
  }

  private Frame frame(String tenant) {
    return Frame.of(null, "activity", store.activity(tenant));
  }
}
