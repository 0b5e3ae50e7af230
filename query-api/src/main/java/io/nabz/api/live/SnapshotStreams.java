package io.nabz.api.live;

import io.nabz.api.store.CustomerSnapshot;
import io.nabz.api.store.ViewStore;
import io.nabz.model.CustomerKey;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The live snapshots. A slow client skips versions, since only the newest is worth anything; none
 * that follows what it has read is missed, since it watches before it reads.
 */
final class SnapshotStreams {
  private final ViewStore store;
  private final Registry<CustomerKey, Stream> live = new Registry<>();

  SnapshotStreams(ViewStore store) {
    this.store = store;
  }

  /**
   * @param after the version the client has, or -1
   * @param view makes of a snapshot what the client may see of it
   */
  void open(LiveClient client, CustomerKey key, long after, UnaryOperator<byte[]> view) {
    Stream stream = new Stream(client, after, view);
    synchronized (this) {
      live.add(key, stream);
    }
    client
        .done()
        .whenComplete(
            (nothing, error) -> {
              synchronized (this) {
                live.remove(key, stream);
              }
            });
    store.snapshot(key).ifPresent(stream::offer);
  }

  void publish(List<CustomerSnapshot> snapshots) {
    for (CustomerSnapshot snapshot : snapshots) {
      List<Stream> watching;
      synchronized (this) {
        watching = List.copyOf(live.of(snapshot.key()));
      }
      watching.forEach(stream -> stream.offer(snapshot));
    }
  }

  private static final class Stream {
    private final LiveClient client;
    private final UnaryOperator<byte[]> view;
    private long version;

    Stream(LiveClient client, long version, UnaryOperator<byte[]> view) {
      this.client = client;
      this.view = view;
      this.version = version;
    }

    synchronized void offer(CustomerSnapshot snapshot) {
      if (snapshot.version() > version) {
        version = snapshot.version();
        client.offerLatest(
            Frame.ofJson(Long.toString(version), "snapshot", view.apply(snapshot.json())));
      }
    }
  }
}
