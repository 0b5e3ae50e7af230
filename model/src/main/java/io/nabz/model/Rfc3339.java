package io.nabz.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Writes instants as {@code 2026-11-22T10:15:30.123Z}, always in UTC and to the millisecond, and
 * reads any RFC 3339 time. A snapshot holds dozens of them and is written for each event, and the
 * JDK's formatter and parser showed in every profile. The civil date is Howard Hinnant's {@code
 * civil_from_days} and its inverse.
 */
public final class Rfc3339 {
  private static final long FIRST_MILLI = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST_MILLI = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
  private static final int LENGTH = 24;
  private static final int MILLIS_PER_DAY = 86_400_000;
  private static final long NONE = Long.MIN_VALUE;

  /** By month; the 29th of February is the JDK's to judge. */
  private static final int[] DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Rfc3339() {}

  /**
   * The text of the instant; years outside 0 to 9999, which RFC 3339 does not know, as ISO 8601.
   */
  public static String format(Instant instant) {
    long millis = instant.toEpochMilli();
    if (millis < FIRST_MILLI || millis > LAST_MILLI) {
      return instant.toString();
    }
    char[] text = new char[LENGTH];
    write(millis, text);
    return new String(text);
  }

  /**
   * The instant to the millisecond; finer digits are cut off.
   *
   * @throws DateTimeException when the text is no RFC 3339 time
   */
  public static Instant parse(String text) {
    long millis = millisOrNone(text);
    // What is rare (a leap second, odd but valid forms of ISO 8601) or wrong is the JDK's to judge.
    return millis == NONE
        ? OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS)
        : Instant.ofEpochMilli(millis);
  }

  private static long millisOrNone(String text) {
    int length = text.length();
    if (length < LENGTH - 4
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return NONE;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    int hour = digits(text, 11, 2);
    int minute = digits(text, 14, 2);
    int second = digits(text, 17, 2);
    if ((year | month | day | hour | minute | second) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > DAYS[month]
        || hour > 23
        || minute > 59
        || second > 59) {
      return NONE;
    }
    int at = 19;
    int millis = 0;
    if (text.charAt(at) == '.') {
      int unit = 100;
      for (at++; at < length && isDigit(text.charAt(at)); at++, unit /= 10) {
        millis += (text.charAt(at) - '0') * unit;
      }
      if (at == 20 || at > 29) {
        return NONE;
      }
    }
    long offset = offsetMillis(text, at);
    return offset == NONE
        ? NONE
        : epochDay(year, month, day) * MILLIS_PER_DAY
            + ((hour * 60L + minute) * 60 + second) * 1_000
            + millis
            - offset;
  }

  /** Of {@code Z} or {@code +03:30} at the end of the text. */
  private static long offsetMillis(String text, int at) {
    if (text.length() == at + 1 && text.charAt(at) == 'Z') {
      return 0;
    }
    if (text.length() != at + 6 || text.charAt(at + 3) != ':') {
      return NONE;
    }
    int hours = digits(text, at + 1, 2);
    int minutes = digits(text, at + 4, 2);
    char sign = text.charAt(at);
    if ((hours | minutes) < 0 || hours > 17 || minutes > 59 || (sign != '+' && sign != '-')) {
      return NONE;
    }
    long millis = (hours * 60L + minutes) * 60_000;
    return sign == '+' ? millis : -millis;
  }

  private static long epochDay(int year, int month, int day) {
    int yearFromMarch = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(yearFromMarch, 400);
    int yearOfEra = yearFromMarch - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** The number, or -1 when one of the characters is no digit. */
  private static int digits(String text, int at, int count) {
    int number = 0;
    for (int i = at; i < at + count; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Writes it as a JSON string.
   *
   * @param epochMillis the instant
   */
  public static void write(JsonGenerator out, long epochMillis) throws IOException {
    if (epochMillis < FIRST_MILLI || epochMillis > LAST_MILLI) {
      out.writeString(Instant.ofEpochMilli(epochMillis).toString());
      return;
    }
    char[] text = new char[LENGTH];
    write(epochMillis, text);
    out.writeString(text, 0, LENGTH);
  }

  private static void write(long epochMillis, char[] text) {
    long days = Math.floorDiv(epochMillis, MILLIS_PER_DAY);
    int ofDay = (int) Math.floorMod(epochMillis, (long) MILLIS_PER_DAY);

    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);

    put(text, 0, year, 4);
    text[4] = '-';
    put(text, 5, month, 2);
    text[7] = '-';
    put(text, 8, day, 2);
    text[10] = 'T';
    put(text, 11, ofDay / 3_600_000, 2);
    text[13] = ':';
    put(text, 14, ofDay / 60_000 % 60, 2);
    text[16] = ':';
    put(text, 17, ofDay / 1_000 % 60, 2);
    text[19] = '.';
    put(text, 20, ofDay % 1_000, 3);
    text[23] = 'Z';
  }

  private static void put(char[] text, int at, int number, int digits) {
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** For the JSON codec. */
  static final class Serializer extends StdScalarSerializer<Instant> {
    private static final long serialVersionUID = 1;

    Serializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      Rfc3339.write(out, instant.toEpochMilli());
    }
  }
}
