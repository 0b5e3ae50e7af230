package io.nabz.api.live;

import io.nabz.api.privacy.Sight;
import io.nabz.api.store.AlertChange;
import io.nabz.api.store.Position;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The changes that were told last, each encoded once for a sight: those who all come back at once
 * miss the same few. What may be told still is for the log of changes to say.
 */
final class ToldAlerts {
  /** Changes that are held; one is some kilobytes, with its frames. */
  static final int KEPT = 512;

  private final BiFunction<AlertChange, Sight, Frame> encoder;
  private final Map<Position, Told> told = new ConcurrentHashMap<>();
  private final ArrayDeque<Position> oldestFirst = new ArrayDeque<>();

  ToldAlerts(BiFunction<AlertChange, Sight, Frame> encoder) {
    this.encoder = encoder;
  }

  /** One change with its frames. */
  private static final class Told {
    private final AlertChange change;
    private final Map<Sight, Frame> frames = new EnumMap<>(Sight.class);

    Told(AlertChange change) {
      this.change = change;
    }

    synchronized Frame frame(Sight sight, BiFunction<AlertChange, Sight, Frame> encoder) {
      return frames.computeIfAbsent(sight, s -> encoder.apply(change, s));
    }
  }

  /** Holds a change, and lets the oldest go; for one thread at a time. */
  void add(AlertChange change) {
    told.put(change.position(), new Told(change));
    oldestFirst.add(change.position());
    if (oldestFirst.size() > KEPT) {
      told.remove(oldestFirst.remove());
    }
  }

  /** The change at the position, or null when it is not held. */
  AlertChange at(Position position) {
    Told found = told.get(position);
    return found == null ? null : found.change;
  }

  Frame frame(AlertChange change, Sight sight) {
    Told found = told.get(change.position());
    return found == null ? encoder.apply(change, sight) : found.frame(sight, encoder);
  }
}
