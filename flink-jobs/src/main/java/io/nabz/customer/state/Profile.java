package io.nabz.customer.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who the customer is, as events said. */
public class Profile {
  public static final int MAX_ATTRIBUTES = 32;
  public static final int MAX_VALUE_CHARS = 256;
  public static final int MAX_PER_TYPE = 8;

  /** By attribute name. */
  public Map<String, String> attributes = new HashMap<>();

  /** When the newest attributes were true; older updates only fill gaps. */
  public long attributesAtMs = Long.MIN_VALUE;

  /** Oldest first; a list of pairs, since Flink takes a map of lists for a generic type. */
  public List<IdentifierRecord> identifiers = new ArrayList<>();

  public long updatedAtMs = Long.MIN_VALUE;

  /** Adds it unless it is there; the oldest of its type makes room. */
  public void addIdentifier(String type, String value) {
    IdentifierRecord oldest = null;
    int ofType = 0;
    for (IdentifierRecord known : identifiers) {
      if (known.type.equals(type)) {
        if (known.value.equals(value)) {
          return;
        }
        oldest = oldest == null ? known : oldest;
        ofType++;
      }
    }
    if (ofType == MAX_PER_TYPE) {
      identifiers.remove(oldest);
    }
    identifiers.add(new IdentifierRecord(type, value));
  }
}
