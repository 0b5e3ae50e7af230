package io.nabz.model;

import static java.util.Objects.requireNonNull;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;

/**
 * Brings every way of writing an identifier to one form: phones to E.164, e-mails to lower case,
 * Persian and Arabic digits to Latin ones. The stream and the API's look-ups share it.
 */
public final class IdentifierNormaliser {
  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  /** A power of two. */
  private static final int CACHED = 1 << 14;

  private static final int MAX_CACHED_CHARS = 32;

  private record KnownPhone(String text, String phone) {}

  private final String defaultRegion;

  /**
   * What was parsed lately, by hash of its text; a newer one takes the place. The same customers
   * come again and again, and parsing takes as long as all other decoding of an event together.
   * Threads may race for a place, since the entries never change.
   */
  private final KnownPhone[] phones = new KnownPhone[CACHED];

  /**
   * @param defaultRegion ISO 3166 code of the country whose numbers may be written without their
   *     country code, e.g. {@code IR}
   */
  public IdentifierNormaliser(String defaultRegion) {
    this.defaultRegion = requireNonNull(defaultRegion, "defaultRegion is null");
    if (!PHONES.getSupportedRegions().contains(defaultRegion)) {
      throw new IllegalArgumentException(
          "'" + defaultRegion + "' is not a region that phone numbers are known for, e.g. IR");
    }
  }

  /** The normalised identifier, or null when nothing usable is left of the text. */
  public Identifier normalise(IdentifierType type, String raw) {
    String text = Digits.toLatin(raw).strip();
    if (type == IdentifierType.PHONE) {
      text = cachedPhone(text);
    } else if (type == IdentifierType.EMAIL) {
      text = text.toLowerCase(Locale.ROOT);
    }
    return text.isEmpty() ? null : new Identifier(type, text);
  }

  private String cachedPhone(String text) {
    if (text.length() > MAX_CACHED_CHARS) {
      return phone(text);
    }
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 15)) & (CACHED - 1);
    KnownPhone known = phones[place];
    if (known == null || !known.text.equals(text)) {
      known = new KnownPhone(text, phone(text));
      phones[place] = known;
    }
    return known.phone;
  }

  /**
   * E.164 where the number can be parsed; otherwise (an internal extension, a short code) its bare
   * digits, so that the same extension still meets itself.
   */
  private String phone(String text) {
    try {
      PhoneNumber number = PHONES.parse(text, defaultRegion);
      if (PHONES.isPossibleNumber(number)) {
        return PHONES.format(number, PhoneNumberFormat.E164);
      }
    } catch (NumberParseException e) {
      // Not a number of any country: fall through to its digits.
    }
    return text.chars()
        .filter(c -> c >= '0' && c <= '9')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
