package io.nabz.launcher.replay;

import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import java.time.Duration;
import java.time.Instant;

/**
 * The last step of a replay: counts to the limit, shifts to now, waits for the moment of the event,
 * sends.
 */
final class Outlet {
  private final EventSink sink;
  private final Pacer pacer;
  private final Summary summary;
  private final double speed;
  private final long limit;
  private Duration shift = Duration.ZERO;
  private String sourceSuffix = "";
  private Instant firstTime;
  private Instant startedAt;

  /**
   * @param speed times the recording's own clock; 0 for as fast as possible
   */
  Outlet(EventSink sink, Pacer pacer, Summary summary, double speed, long limit) {
    this.sink = sink;
    this.pacer = pacer;
    this.summary = summary;
    this.speed = speed;
    this.limit = limit;
  }

  /**
   * Shifts every event by one constant, such that the last is sent at its own time: none is ever in
   * the future, and the distances between events stay. The source gets a suffix, since {@code
   * (source, id)} may mean one event only, and the same call a minute later is another.
   */
  void shiftToLive(Instant first, Instant last) {
    Duration sending =
        speed == 0
            ? Duration.ZERO
            : Duration.ofMillis(Math.round(Duration.between(first, last).toMillis() / speed));
    Instant end = pacer.now().plus(sending);
    shift = Duration.ofMillis(Duration.between(last, end).toMillis());
    sourceSuffix = "/live-" + pacer.now().toEpochMilli();
  }

  /** False when the limit is reached: the event was not sent and no more are wanted. */
  boolean accept(Event event) {
    if (summary.sent() == limit) {
      return false;
    }
    Instant time = event.time().plus(shift);
    if (time.isAfter(pacer.now().plus(EventDecoder.MAX_AHEAD))) {
      summary.refuse("the event is more than 24 h ahead of now; --as-live would shift it", 0);
      return true;
    }
    await(event.time());
    sink.send(
        new Event(
            event.tenant(),
            event.source() + sourceSuffix,
            event.id(),
            event.type(),
            time,
            event.subject(),
            event.data()));
    summary.sent(time);
    return true;
  }

  private void await(Instant recorded) {
    if (firstTime == null) {
      firstTime = recorded;
      startedAt = pacer.now();
    }
    if (speed == 0) {
      return;
    }
    long millis = Math.round(Duration.between(firstTime, recorded).toMillis() / speed);
    try {
      pacer.awaitUntil(startedAt.plusMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventSink.SinkFailed("interrupted", e);
    }
  }
}
