package io.nabz.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.nabz.customer.ArbiterPolicy;
import io.nabz.customer.ArbiterPolicy.QuietHours;
import io.nabz.model.FlagCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** What alerts for marketing must pass; see {@link ArbiterPolicy}. */
final class ArbiterOptions {
  private static final ArbiterPolicy DEFAULT = ArbiterPolicy.DEFAULT;
  private static final String NOT_REFUSED = "not-refused";
  private static final String GRANTED = "granted";
  private static final String NONE = "none";

  static final ConfigOption<String> CONSENT =
      key("marketing-consent")
          .stringType()
          .defaultValue(NOT_REFUSED)
          .withDescription(
              "Whether marketing must have been granted by the customer, granted, or must only not"
                  + " have been refused, not-refused.");

  static final ConfigOption<String> QUIET_HOURS =
      key("marketing-quiet-hours")
          .stringType()
          .defaultValue(NONE)
          .withDescription(
              "Hours of the customer's day in which there is no marketing, e.g. 21:00-09:00, or"
                  + " none.");

  static final ConfigOption<String> ZONE =
      key("marketing-zone")
          .stringType()
          .defaultValue(DEFAULT.zone().getId())
          .withDescription("Time zone of customers whose profile has no attribute timeZone.");

  static final ConfigOption<Integer> CAP =
      key("marketing-cap")
          .intType()
          .defaultValue(DEFAULT.cap())
          .withDescription(
              "How many alerts for marketing, of all rules, a customer may have within the"
                  + " window.");

  static final ConfigOption<Duration> CAP_WINDOW =
      key("marketing-cap-window")
          .durationType()
          .defaultValue(DEFAULT.capWindow())
          .withDescription("The sliding window of that cap.");

  static final ConfigOption<List<String>> COMPLAINTS =
      key("marketing-complaints")
          .stringType()
          .asList()
          .defaultValues(DEFAULT.complaints().stream().map(FlagCode::name).toArray(String[]::new))
          .withDescription(
              "Flags that say that the customer has something to complain of, separated by"
                  + " semicolons.");

  static final List<ConfigOption<?>> ALL =
      List.of(CONSENT, QUIET_HOURS, ZONE, CAP, CAP_WINDOW, COMPLAINTS);

  private ArbiterOptions() {}

  static ArbiterPolicy policy(Configuration config) {
    return new ArbiterPolicy(
        consentNeeded(config.get(CONSENT)),
        quietHours(config.get(QUIET_HOURS).strip()),
        zone(config.get(ZONE)),
        config.get(CAP),
        config.get(CAP_WINDOW),
        config.get(COMPLAINTS).stream().map(ArbiterOptions::flag).toList());
  }

  private static boolean consentNeeded(String text) {
    return switch (text) {
      case GRANTED -> true;
      case NOT_REFUSED -> false;
      default ->
          throw new IllegalArgumentException(
              "--marketing-consent: '" + text + "'; give granted or not-refused");
    };
  }

  private static QuietHours quietHours(String text) {
    if (text.equals(NONE)) {
      return null;
    }
    String[] ends = text.split("-", -1);
    try {
      if (ends.length == 2) {
        return new QuietHours(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(unreadable(text), e);
    }
    throw new IllegalArgumentException(unreadable(text));
  }

  private static String unreadable(String text) {
    return "--marketing-quiet-hours: '" + text + "'; give e.g. 21:00-09:00, or none";
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--marketing-zone: '" + text + "' is no time zone; give e.g. Asia/Tehran", e);
    }
  }

  private static FlagCode flag(String text) {
    try {
      return FlagCode.valueOf(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--marketing-complaints: '"
              + text
              + "' is no flag; known: "
              + Arrays.toString(FlagCode.values()),
          e);
    }
  }
}
