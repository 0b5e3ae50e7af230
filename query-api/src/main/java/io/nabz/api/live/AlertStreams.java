package io.nabz.api.live;

import io.nabz.api.privacy.PersonalData;
import io.nabz.api.privacy.Sight;
import io.nabz.api.store.AlertChange;
import io.nabz.api.store.AlertChanges;
import io.nabz.api.store.AlertQuery;
import io.nabz.api.store.Position;
import io.nabz.api.store.ViewStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The live alerts. A stream first reads the log of changes from its position, piece by piece as the
 * client takes them, and goes live in the same step in which it is found to have reached what was
 * published: nothing is missed between the two and nothing comes twice.
 */
final class AlertStreams {
  private static final int PIECE = 128;

  /** Places in a client's queue that are kept for heartbeats. */
  private static final int RESERVE = 16;

  private final ViewStore store;
  private final PersonalData personal;
  private final Registry<String, Stream> live = new Registry<>();
  private final ToldAlerts told = new ToldAlerts(this::encode);

  /** Written under the lock; whoever only wants to know does not wait for those who are told. */
  private volatile Position published;

  AlertStreams(ViewStore store) {
    this.store = store;
    this.personal = new PersonalData(store);
    this.published = store.alertPosition();
  }

  /**
   * Opens a stream.
   *
   * @param after where the client has been, or null for from now on; a position that is not known
   *     any more is answered with {@code reset} and from now on
   */
  void open(
      LiveClient client, String tenant, AlertQuery query, Sight sight, String after, Instant now) {
    Optional<Position> from =
        after == null ? Optional.empty() : Position.parse(after).filter(this::knows);
    Stream stream = new Stream(client, tenant, query, sight, from.orElseGet(store::alertPosition));
    if (after != null && from.isEmpty()) {
      client.offer(
          Frame.of(
              stream.position.toString(),
              "reset",
              Map.of("reason", "the position is not known any more; read the list again")));
    }
    client.offer(Frame.heartbeat(stream.position.toString(), now));
    client
        .done()
        .whenComplete(
            (nothing, error) -> {
              synchronized (this) {
                live.remove(tenant, stream);
              }
            });
    client.whenDrained(stream::catchUp);
  }

  /** Most come back with what was published; the view need not be asked about that. */
  private boolean knows(Position position) {
    return wasPublished(position) || store.knows(position);
  }

  private boolean wasPublished(Position position) {
    Position newest = published;
    return position.epoch().equals(newest.epoch()) && position.number() <= newest.number();
  }

  synchronized void publish(List<AlertChange> changes) {
    for (AlertChange change : changes) {
      told.add(change);
      for (Stream stream : List.copyOf(live.of(change.tenant()))) {
        if (change.position().number() <= stream.position.number()) {
          continue;
        }
        if (stream.query.concerns(change.served())) {
          if (stream.client.room() <= RESERVE) {
            fallBack(stream);
            continue;
          }
          stream.client.offer(told.frame(change, stream.sight));
        }
        stream.position = change.position();
      }
      published = change.position();
    }
  }

  /**
   * A client behind a burst reads the log again at its own pace: the queue stays bounded, and only
   * one that takes nothing at all is cut off.
   */
  private void fallBack(Stream stream) {
    live.remove(stream.tenant, stream);
    stream.client.whenDrained(stream::catchUp);
  }

  /** Ends all live streams; their clients come back, with positions that are not known any more. */
  synchronized void rebuilt() {
    published = store.alertPosition();
    live.all().forEach(stream -> stream.client.close());
  }

  /** A sign of life that also moves the position of clients whose filter lets little through. */
  synchronized void heartbeat(Instant now) {
    Frame frame = Frame.heartbeat(published.toString(), now);
    live.all().forEach(stream -> stream.client.offer(frame));
  }

  private Frame encode(AlertChange change, Sight sight) {
    return Frame.of(
        change.position().toString(),
        "alert",
        personal.alert(change.tenant(), change.served(), sight));
  }

  /** One client's way through the log. */
  private final class Stream {
    private final LiveClient client;
    private final String tenant;
    private final AlertQuery query;
    private final Sight sight;
    private volatile Position position;

    Stream(LiveClient client, String tenant, AlertQuery query, Sight sight, Position position) {
      this.client = client;
      this.tenant = tenant;
      this.query = query;
      this.sight = sight;
      this.position = position;
    }

    /** Runs on the client's writer, each time the client has taken all it was given. */
    private void catchUp() {
      if (!goLive()) {
        readOn();
        goLive();
      }
      client.proceed();
    }

    private void readOn() {
      AlertChanges piece = store.alertChanges(tenant, query, position, PIECE, told::at);
      if (!piece.scannedTo().epoch().equals(position.epoch())) {
        client.close();
        return;
      }
      piece.items().forEach(change -> client.offer(told.frame(change, sight)));
      position = piece.scannedTo();
    }

    /** False when there is more to read first. */
    private boolean goLive() {
      // Who is behind finds it out without waiting for those who are told.
      if (!hasReachedWhatWasPublished()) {
        return false;
      }
      synchronized (AlertStreams.this) {
        boolean reached = hasReachedWhatWasPublished();
        if (reached && !client.isClosed()) {
          client.whenDrained(null);
          live.add(tenant, this);
        }
        return reached;
      }
    }

    private boolean hasReachedWhatWasPublished() {
      Position newest = published;
      return position.epoch().equals(newest.epoch()) && position.number() >= newest.number();
    }
  }
}
