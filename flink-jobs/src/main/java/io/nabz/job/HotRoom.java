package io.nabz.job;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much heap it pays to keep customers in. Room is worth its while when those who are let go
 * come back soon; when they do not, they only live long enough to be copied by each young garbage
 * collection. So the names of those let go are remembered, as many as the largest room would have
 * held: a customer among them would still be there, one who is not would have to be read anyway.
 */
final class HotRoom {
  /** Holds those who come in a burst, whoever they are. */
  private static final long LEAST_BYTES = 16L << 20;

  /** The room grows while at least one in four of those who are read would have been there. */
  private static final int GROWS = 3;

  /** Sizes by name, of those let go first at the front. */
  private final LinkedHashMap<String, Integer> gone = new LinkedHashMap<>();

  private final long leastBytes;
  private final long mostBytes;
  private long bytes;
  private long goneBytes;

  /**
   * @param mostBytes that the room may grow to
   */
  HotRoom(long mostBytes) {
    this.mostBytes = mostBytes;
    this.leastBytes = Math.min(LEAST_BYTES, mostBytes);
    this.bytes = leastBytes;
  }

  long bytes() {
    return bytes;
  }

  /** A customer of that size had to be read. */
  void read(String name, int size) {
    Integer sizeThen = gone.remove(name);
    if (sizeThen == null) {
      bytes = Math.max(leastBytes, bytes - size);
    } else {
      goneBytes -= sizeThen;
      bytes = Math.min(mostBytes, bytes + (long) GROWS * size);
    }
    forget();
  }

  /** A customer of that size is let go. */
  void letGo(String name, int size) {
    Integer before = gone.put(name, size);
    goneBytes += before == null ? size : size - before;
    forget();
  }

  private void forget() {
    Iterator<Map.Entry<String, Integer>> first = gone.entrySet().iterator();
    while (goneBytes > mostBytes - bytes && first.hasNext()) {
      goneBytes -= first.next().getValue();
      first.remove();
    }
  }
}
