package io.nabz.rules.watch;

import java.util.ArrayList;
import java.util.List;

/** When a source was heard of. Times are epoch milliseconds of event time. */
public class SourceLife {
  /** No moment that ever comes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Since when it was heard of without a pause, stretch by stretch, rising. */
  public long[] from = new long[0];

  /** Until when, beside {@link #from}. */
  public long[] to = new long[0];

  /** Up to when silences have been judged. */
  public long judgedMs = Long.MIN_VALUE;

  /** What is told of it and may be disproved, or stands for what follows. */
  public List<ToldWatch> told = new ArrayList<>();

  /** Twin of the one timer, or {@link #NEVER}. */
  public long timerAtMs = NEVER;

  public SourceLife() {}
}
