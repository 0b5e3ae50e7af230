package io.nabz.customer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Decimals as they stand in events and in state: as text, so that nothing is rounded. */
final class Decimals {
  private static final int MAX_CHARS = 32;

  /** Room for the sum of any number of decimals of which each has the most digits. */
  private static final int MAX_SUM_CHARS = 4 * MAX_CHARS;

  private Decimals() {}

  /** The number, or the number in the text, or null when it is neither or absurdly long. */
  static String textOrNull(JsonNode node) {
    if (node == null || !(node.isNumber() || node.isTextual())) {
      return null;
    }
    BigDecimal decimal = parse(node.asText());
    if (decimal == null
        || decimal.precision() > MAX_CHARS
        || Math.abs(decimal.scale()) > MAX_CHARS) {
      return null;
    }
    return decimal.toPlainString();
  }

  /** Null for null and for what is not a number. */
  static BigDecimal parse(String text) {
    if (text == null || text.length() > MAX_SUM_CHARS) {
      return null;
    }
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
