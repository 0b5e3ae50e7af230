package io.nabz.api.store;

import io.nabz.model.IdentifierType;
import io.nabz.model.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of a text what points to a person: addresses on the net, numbers of phones, cards,
 * accounts and orders in any script's digits, handles, and what is known of the customer who wrote
 * it. Names of others that nobody told us of stay.
 */
public final class Masking {
  public static final String MASK = "•••";

  /** What an attribute may be called and still point to nobody. */
  public static final Set<String> INDIRECT =
      Set.of("city", "province", "country", "language", "gender", "segment");

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

  /** Shorter values of attributes that we know nothing of are more likely words than handles. */
  private static final int MIN_OTHER_CHARS = 6;

  private static final List<String> NAMES =
      List.of("name", "firstName", "lastName", "address", "birthDate");
  private static final Masking NOBODY = new Masking(null, null);

  private final Pattern known;
  private final Pattern knownButTheId;

  private Masking(Pattern known, Pattern knownButTheId) {
    this.known = known;
    this.knownButTheId = knownButTheId;
  }

  /**
   * @param customer whose texts are to be masked; null if nothing is known
   */
  public static Masking of(Snapshot customer) {
    if (customer == null || customer.identity() == null) {
      return NOBODY;
    }
    List<String> words = words(customer.identity());
    List<String> ids = customerIds(customer.identity());
    List<String> all = new ArrayList<>(words);
    all.addAll(ids);
    return new Masking(anyOf(all), anyOf(words));
  }

  static String mask(String text) {
    return NOBODY.text(text);
  }

  /** What somebody wrote or was told, without what points to anybody. */
  public String text(String text) {
    return POINTS_TO_SOMEBODY.matcher(without(known, text)).replaceAll(MASK);
  }

  /**
   * A value that is no prose, such as an id or a code, without what is known of the customer. The
   * customer's own id stays: it is what one who may not know more speaks of them by.
   */
  public String value(String value) {
    return without(knownButTheId, value);
  }

  private static String without(Pattern known, String text) {
    return known == null ? text : known.matcher(text).replaceAll(Matcher.quoteReplacement(MASK));
  }

  /** Any of them as a whole word; the longest first. Null for none. */
  private static Pattern anyOf(Collection<String> words) {
    String any =
        words.stream()
            .map(String::strip)
            .filter(word -> word.length() >= MIN_NAME_CHARS)
            .distinct()
            .sorted((a, b) -> Integer.compare(b.length(), a.length()))
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return any.isEmpty()
        ? null
        : Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static List<String> customerIds(Snapshot.Identity identity) {
    return identity.identifiers() == null
        ? List.of()
        : identity.identifiers().getOrDefault(IdentifierType.CUSTOMER_ID.code(), List.of());
  }

  /** What is known of the customer but for the id, whole and in its words. */
  private static List<String> words(Snapshot.Identity identity) {
    List<String> words = new ArrayList<>();
    if (identity.identifiers() != null) {
      identity
          .identifiers()
          .forEach(
              (type, values) -> {
                if (!type.equals(IdentifierType.CUSTOMER_ID.code())) {
                  words.addAll(values);
                }
              });
    }
    if (identity.attributes() != null) {
      for (Map.Entry<String, String> attribute : identity.attributes().entrySet()) {
        String value = attribute.getValue();
        if (value == null) {
          continue;
        }
        if (NAMES.contains(attribute.getKey())) {
          words.add(value);
          words.addAll(List.of(value.strip().split("[\\s\\u200c]+")));
        } else if (!INDIRECT.contains(attribute.getKey()) && value.length() >= MIN_OTHER_CHARS) {
          words.add(value);
        }
      }
    }
    return words;
  }
}
