package io.nabz.warm;

import io.nabz.backtest.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Events that wait for a hand-over, one after the other in one value. */
public final class Remembered {
  private static final int HEAD = Long.BYTES + Integer.BYTES;

  private Remembered() {}

  /**
   * @param packed null for none
   */
  public static byte[] with(byte[] packed, Seed.Event event) {
    int before = packed == null ? 0 : packed.length;
    ByteBuffer out = ByteBuffer.allocate(before + HEAD + event.bytes().length);
    if (packed != null) {
      out.put(packed);
    }
    out.putLong(event.receivedAtMs()).putInt(event.bytes().length).put(event.bytes());
    return out.array();
  }

  /** How many there are. */
  public static int count(byte[] packed) {
    int count = 0;
    for (int at = 0; packed != null && at < packed.length; count++) {
      at += HEAD + ByteBuffer.wrap(packed).getInt(at + Long.BYTES);
    }
    return count;
  }

  /** In the order in which they came. */
  public static List<Seed.Event> of(byte[] packed) {
    List<Seed.Event> events = new ArrayList<>();
    if (packed != null) {
      ByteBuffer in = ByteBuffer.wrap(packed);
      while (in.hasRemaining()) {
        long receivedAtMs = in.getLong();
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        events.add(new Seed.Event(receivedAtMs, bytes));
      }
    }
    return events;
  }
}
