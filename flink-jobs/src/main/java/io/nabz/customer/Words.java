package io.nabz.customer;

import java.util.Arrays;

/** Which word on a field is the newest, whatever the order in which the words arrive. */
final class Words {
  private static final int NEVER_SAID = Integer.MIN_VALUE;

  private Words() {}

  static int[] none(int fields) {
    int[] saidAt = new int[fields];
    Arrays.fill(saidAt, NEVER_SAID);
    return saidAt;
  }

  /**
   * Notes the word when it is newer than the known one; of words of one moment the greater stands.
   * Moments are kept for 24 days around the base; further off they count as equally old.
   */
  static boolean newer(int[] saidAt, int field, long baseMs, long at, String known, String said) {
    long offset = Math.max(NEVER_SAID + 1, Math.min(Integer.MAX_VALUE, at - baseMs));
    boolean newer =
        offset > saidAt[field]
            || (offset == saidAt[field] && (known == null || said.compareTo(known) > 0));
    if (newer) {
      saidAt[field] = (int) offset;
    }
    return newer;
  }
}
