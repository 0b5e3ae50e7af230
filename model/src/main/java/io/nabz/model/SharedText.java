package io.nabz.model;

/**
 * One object for equal short texts. Types, sources, channels, queues and the like come with every
 * event and are kept of each customer many times over; shared, they take the room of one, know
 * their hash, and are equal at first sight.
 *
 * <p>A table of fixed size in which the newer text takes the place of the older, so that what
 * senders make up cannot fill it: a text that was displaced is only not shared for a while. Any
 * number of threads may use it at once.
 */
public final class SharedText {
  /** Longer ones, such as UUIDs, are names of one thing and seldom come again. */
  private static final int MAX_CHARS = 32;

  private static final int SLOTS = 1 << 13;

  // Without a lock: a string is whole to whoever sees it, and the worst of a race is one more copy.
  private static final String[] TABLE = new String[SLOTS];

  private SharedText() {}

  /** The text itself, or an equal one; null for null. */
  public static String of(String text) {
    if (text == null || text.length() > MAX_CHARS) {
      return text;
    }
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
    String known = TABLE[slot];
    if (text.equals(known)) {
      return known;
    }
    TABLE[slot] = text;
    return text;
  }
}
