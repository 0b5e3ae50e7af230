package io.nabz.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;

/**
 * Writes instants as {@code 2026-11-22T10:15:30.123Z}, always in UTC and to the millisecond. A
 * snapshot holds dozens of them and is written for each event; the JDK's formatter took a third of
 * that time. The civil date is Howard Hinnant's {@code civil_from_days}.
 */
public final class Rfc3339 {
  private static final long FIRST_MILLI = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST_MILLI = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
  private static final int LENGTH = 24;
  private static final int MILLIS_PER_DAY = 86_400_000;

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
      long millis = instant.toEpochMilli();
      if (millis < FIRST_MILLI || millis > LAST_MILLI) {
        out.writeString(instant.toString());
        return;
      }
      char[] text = new char[LENGTH];
      write(millis, text);
      out.writeString(text, 0, LENGTH);
    }
  }
}
