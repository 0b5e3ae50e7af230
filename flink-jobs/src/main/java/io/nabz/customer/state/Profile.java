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

  /** Normalised values by identifier type, oldest first. */
  public Map<String, List<String>> identifiers = new HashMap<>();

  public long updatedAtMs = Long.MIN_VALUE;

  public void addIdentifier(String type, String value) {
    List<String> values = identifiers.computeIfAbsent(type, ignored -> new ArrayList<>(1));
    if (values.contains(value)) {
      return;
    }
    if (values.size() == MAX_PER_TYPE) {
      values.remove(0);
    }
    values.add(value);
  }
}
