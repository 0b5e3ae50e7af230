package io.nabz.kpi;

import java.util.ArrayList;
import java.util.List;

/** When a customer got in touch, filled a cart and ordered; bounded, oldest first. */
public class CustomerRecord extends Subject {
  /** A contact that comes later than so many younger ones is not counted any more. */
  public static final int MAX_VISITS = 128;

  public static final int MAX_TIMES = 128;

  public List<Visit> visits = new ArrayList<>();

  /** The start of the last visit that has left the list; it still makes the next one a repeat. */
  public long forgottenVisitMs = Share.NONE;

  /** The start of the one before that; with it the next one can be a third. */
  public long forgottenBeforeMs = Share.NONE;

  public long[] cartTimes = new long[0];
  public long[] orderTimes = new long[0];

  /** Cart events up to here have left the list, and their carts stay counted. */
  public long forgottenCartMs = Share.NONE;

  /**
   * How far time has come: by then carts that rested long enough are abandoned, and contacts that
   * nothing followed are resolved.
   */
  public long clockMs = Share.NONE;

  /** What happened up to here is forgotten on demand; it stays in the panes, which name nobody. */
  public long erasedAtMs = Share.NONE;

  @Override
  public int heapBytes() {
    int bytes = super.heapBytes() + 140 + 8 * (cartTimes.length + orderTimes.length);
    for (Visit visit : visits) {
      bytes += 40 + visit.words.heapBytes();
    }
    return bytes;
  }
}
