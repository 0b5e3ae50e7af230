package io.nabz.customer.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who the customer is, as events said. */
public class Profile {
  public static final int MAX_ATTRIBUTES = 32;
  public static final int MAX_VALUE_CHARS = 256;
  public static final int MAX_PER_TYPE = 8;

  private static final Comparator<IdentifierRecord> OLDEST_FIRST =
      Comparator.<IdentifierRecord>comparingLong(known -> known.firstSeenMs)
          .thenComparing(known -> known.value);

  /** By attribute name. */
  public Map<String, String> attributes = new HashMap<>(4);

  /** Of the newest update. */
  public long attributesAtMs = Long.MIN_VALUE;

  /** When each attribute was last set or removed; null before the first. */
  public Map<String, Long> attributeTimes;

  /** First seen first; a list of pairs, since Flink takes a map of lists for a generic type. */
  public List<IdentifierRecord> identifiers = new ArrayList<>();

  /** Identifiers that were taken back, with the time until which; null before the first. */
  public List<IdentifierRecord> disowned;

  public long updatedAtMs = Long.MIN_VALUE;

  /** It was not the customer's until that time; the newest few of such words are kept. */
  public void disown(String type, String value, long untilMs) {
    disowned = disowned == null ? new ArrayList<>() : disowned;
    if (disowned.size() == MAX_PER_TYPE) {
      disowned.remove(0);
    }
    disowned.add(new IdentifierRecord(type, value, untilMs));
    identifiers.removeIf(known -> is(known, type, value) && known.firstSeenMs <= untilMs);
  }

  private boolean isDisowned(String type, String value, long seenAtMs) {
    for (IdentifierRecord gone : disowned) {
      if (is(gone, type, value) && seenAtMs <= gone.firstSeenMs) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(IdentifierRecord known, String type, String value) {
    return known.type.equals(type) && known.value.equals(value);
  }

  public boolean has(String type, String value) {
    for (IdentifierRecord known : identifiers) {
      if (known.type.equals(type) && known.value.equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** Adds it unless it is there; the one of its type that was first seen longest ago makes room. */
  public void addIdentifier(String type, String value, long seenAtMs) {
    if (disowned != null && isDisowned(type, value, seenAtMs)) {
      return;
    }
    IdentifierRecord oldest = null;
    IdentifierRecord identifier = null;
    int ofType = 0;
    for (IdentifierRecord known : identifiers) {
      if (known.type.equals(type)) {
        if (known.value.equals(value)) {
          identifier = known;
        }
        oldest = oldest == null ? known : oldest;
        ofType++;
      }
    }
    if (identifier == null) {
      if (ofType == MAX_PER_TYPE) {
        identifiers.remove(oldest);
      }
      identifiers.add(new IdentifierRecord(type, value, seenAtMs));
    } else if (seenAtMs < identifier.firstSeenMs) {
      identifier.firstSeenMs = seenAtMs;
    } else {
      return;
    }
    identifiers.sort(OLDEST_FIRST);
  }

  /** When the identifier was first seen, or {@link CustomerState#NEVER}. */
  public long firstSeen(String type, String value) {
    for (IdentifierRecord known : identifiers) {
      if (known.type.equals(type) && known.value.equals(value)) {
        return known.firstSeenMs;
      }
    }
    return CustomerState.NEVER;
  }
}
