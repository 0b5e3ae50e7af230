package io.nabz.api.store;

import io.nabz.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what points to a person: addresses on the net, numbers of phones, cards,
 * accounts and orders in any script's digits, handles, and what is known of the customer who wrote
 * it. Names of others that nobody told us of stay.
 */
final class Masking {
  private static final String MASK = "•••";
  private static final Pattern POINTS_TO_SOMEBODY =
      Pattern.compile(
          "(?:https?://|www\\.)\\S+"
              // Addresses and handles; the character before keeps the search linear.
              + "|[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}.-]{1,255}"
              + "|(?<![\\p{L}\\p{N}])@[\\p{L}\\p{N}_.]{2,64}"
              // IBANs, and five digits or more with whatever people put between them.
              + "|\\b[A-Za-z]{2}\\p{Nd}{2}(?: ?\\p{Nd}){10,30}"
              + "|\\+?\\p{Nd}(?:[ .()/-]{0,2}\\p{Nd}){4,30}");
  private static final int MIN_NAME_CHARS = 2;
  private static final List<String> NAMES =
      List.of("name", "firstName", "lastName", "address", "birthDate");

  private Masking() {}

  static String mask(String text) {
    return POINTS_TO_SOMEBODY.matcher(text).replaceAll(MASK);
  }

  /**
   * @param customer who wrote it; null if nothing more is known
   */
  static String mask(String text, Snapshot customer) {
    String masked = text;
    if (customer != null && customer.identity() != null) {
      for (String known : known(customer.identity())) {
        Pattern word =
            Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(known) + "(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        masked = word.matcher(masked).replaceAll(Matcher.quoteReplacement(MASK));
      }
    }
    return mask(masked);
  }

  /** What is known of the customer, whole and in its words; the longest first. */
  private static List<String> known(Snapshot.Identity identity) {
    List<String> known = new ArrayList<>();
    identity.identifiers().values().forEach(known::addAll);
    for (Map.Entry<String, String> attribute : identity.attributes().entrySet()) {
      if (NAMES.contains(attribute.getKey())) {
        known.add(attribute.getValue());
        known.addAll(List.of(attribute.getValue().strip().split("[\\s\\u200c]+")));
      }
    }
    known.removeIf(word -> word.strip().length() < MIN_NAME_CHARS);
    known.sort((a, b) -> Integer.compare(b.length(), a.length()));
    return known.stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).distinct().toList();
  }
}
