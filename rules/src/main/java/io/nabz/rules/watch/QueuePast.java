package io.nabz.rules.watch;

import java.util.ArrayList;
import java.util.List;

/** A queue's quarters of an hour that are kept to compare with. */
public class QueuePast {
  /** Rising by start, at most a week. */
  public List<QueueQuarter> quarters = new ArrayList<>();

  /** Start of the newest quarter that has been judged. */
  public long judgedMs = Long.MIN_VALUE;

  /** What is told of it, as long as it stands for what follows. */
  public List<ToldWatch> told = new ArrayList<>();

  /** Twin of the one timer, or {@link SourceLife#NEVER}. */
  public long timerAtMs = SourceLife.NEVER;

  public QueuePast() {}
}
