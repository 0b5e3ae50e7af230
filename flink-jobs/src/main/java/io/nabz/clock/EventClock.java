package io.nabz.clock;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Event time that goes on at wall speed once all feeds are silent, from where it stood and not from
 * now: an absence is noticed on a quiet topic, in live running and in a replay of 1999 alike. While
 * any feed speaks, the watermark alone moves it. Right after a silence it rests for a moment: feeds
 * that awake together do not awake at the same instant, and in a fast replay the first one is hours
 * ahead before the others are heard. Wall-clock readings are passed in.
 */
public final class EventClock {
  /** Before the first event there is no time. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final long startedWallMs;
  private final long startupGraceMs;
  private final long awakeningMs;
  private long clockMs = UNKNOWN;
  private long anchorWallMs;
  private boolean idle;
  private long awakeFromWallMs = Long.MIN_VALUE;
  private long watermarkMs = UNKNOWN;

  /**
   * @param startedWallMs wall clock now, epoch milliseconds
   * @param startupGrace how long after the start silence may only mean that the feeds are not read
   *     yet
   * @param awakening how long after a silence the clock rests
   */
  public EventClock(long startedWallMs, Duration startupGrace, Duration awakening) {
    this.startedWallMs = startedWallMs;
    this.startupGraceMs = requireNonNull(startupGrace, "startupGrace is null").toMillis();
    this.awakeningMs = requireNonNull(awakening, "awakening is null").toMillis();
  }

  /** Takes up a clock that stood at {@code clockMs} when the wall clock stood at {@code wallMs}. */
  public void restore(long clockMs, long wallMs) {
    if (clockMs > this.clockMs) {
      this.clockMs = clockMs;
      this.anchorWallMs = wallMs;
    }
  }

  /** All events up to that time have arrived, as far as is known. */
  public void onWatermark(long newWatermarkMs, long wallMs) {
    watermarkMs = Math.max(watermarkMs, newWatermarkMs);
    follow(wallMs);
  }

  /** All feeds have fallen silent, or one speaks again. */
  public void onIdle(boolean nowIdle, long wallMs) {
    if (idle && !nowIdle) {
      clockMs = now(wallMs);
      anchorWallMs = wallMs;
      awakeFromWallMs = wallMs + awakeningMs;
    }
    idle = nowIdle;
    follow(wallMs);
  }

  /** The clock, epoch milliseconds, or {@link #UNKNOWN}; never goes back. */
  public long now(long wallMs) {
    follow(wallMs);
    return reading(wallMs);
  }

  private void follow(long wallMs) {
    boolean resting = !idle && wallMs < awakeFromWallMs && watermarkMs != Long.MAX_VALUE;
    if (!resting && watermarkMs > reading(wallMs)) {
      clockMs = watermarkMs;
      anchorWallMs = wallMs;
    }
  }

  private long reading(long wallMs) {
    boolean goesOn = idle && clockMs != UNKNOWN && wallMs - startedWallMs >= startupGraceMs;
    // The watermark of a finished stream is the end of time; nothing goes on from there.
    return goesOn && clockMs != Long.MAX_VALUE
        ? clockMs + Math.max(0, wallMs - anchorWallMs)
        : clockMs;
  }
}
