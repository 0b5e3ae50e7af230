package io.nabz.launcher.replay;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Releases events in event-time order, provided that none comes more than {@code bound} later in
 * the file than an event newer than it. Events of one time keep the order of the file.
 */
final class LookAhead implements Consumer<Event> {
  /** Beyond this the oldest go out early: memory is bounded even when the bound was a wrong one. */
  static final int MAX_HELD = 100_000;

  private record Held(Event event, long sequence) {}

  private final PriorityQueue<Held> held =
      new PriorityQueue<>(
          Comparator.comparing((Held h) -> h.event().time()).thenComparingLong(Held::sequence));
  private final Duration bound;
  private final Consumer<Event> next;
  private Instant newest = Instant.MIN;
  private long sequence;

  LookAhead(Duration bound, Consumer<Event> next) {
    this.bound = requireNonNull(bound, "bound is null");
    this.next = requireNonNull(next, "next is null");
  }

  @Override
  public void accept(Event event) {
    held.add(new Held(event, sequence++));
    if (event.time().isAfter(newest)) {
      newest = event.time();
    }
    while (held.size() > MAX_HELD || held.peek().event().time().isBefore(newest.minus(bound))) {
      next.accept(held.poll().event());
    }
  }

  /** Releases what is left, at the end of the recording. */
  void drain() {
    while (!held.isEmpty()) {
      next.accept(held.poll().event());
    }
  }
}
