package io.nabz.rules.language;

import io.nabz.model.Audience;
import java.time.Duration;

/**
 * Reads what a rule across sources or queues watches, and refuses what has no meaning beside it.
 */
final class WatchReader {
  static final Duration MIN_SILENCE = Duration.ofMinutes(1);
  static final Duration MAX_SILENCE = Duration.ofDays(1);
  static final Duration MAX_PAST = Duration.ofDays(7);
  static final Duration MAX_COOLDOWN = Duration.ofDays(30);

  private static final Duration SILENT_FOR = Duration.ofMinutes(15);
  private static final Duration HEARD_FOR = Duration.ofMinutes(30);
  private static final double DEVIATES = 3;
  private static final int AT_LEAST = 20;
  private static final int PAST_AT_LEAST = 12;

  private WatchReader() {}

  /** Null with anything that is wrong, and of a rule that has a pattern. */
  static Watch read(Fields rule, Across across, Audience audience, Duration cooldown) {
    if (across == null || !across.isWatched()) {
      if (rule.has("watch")) {
        rule.wrong(
            "watch",
            "stands in a rule that has a pattern over events",
            "write across: sources or across: queues in place of the pattern, or leave it out");
      }
      return null;
    }
    check(rule, across, audience, cooldown);
    rule.require(
        "watch",
        across == Across.SOURCES
            ? "write e.g. watch: {silentFor: 15m}"
            : "write e.g. watch: {figure: abandonmentRate}");
    Fields watch = rule.object("watch");
    if (watch == null) {
      return null;
    }
    Watch read = across == Across.SOURCES ? silence(watch) : deviation(watch);
    watch.refuseOthers();
    return read;
  }

  private static Watch silence(Fields watch) {
    Duration silentFor = watch.duration("silentFor", MAX_SILENCE);
    if (silentFor != null && silentFor.compareTo(MIN_SILENCE) < 0) {
      watch.wrong(
          "silentFor",
          "is shorter than sources are listened to",
          "write 1m or more; heard of is what came within ten seconds");
    }
    Duration heardFor = watch.duration("heardFor", MAX_SILENCE);
    return new Watch.Silence(
        silentFor == null ? SILENT_FOR : silentFor, heardFor == null ? HEARD_FOR : heardFor);
  }

  private static Watch deviation(Fields watch) {
    watch.require("figure", "write abandonmentRate or sentiment");
    Watch.Figure figure =
        watch.choice(
            "figure", Watch.Figure.values(), Watch.Figure::code, Watch.Figure.ABANDONMENT_RATE);
    Duration past = watch.duration("past", MAX_PAST);
    return new Watch.Deviation(
        figure,
        watch.amount("deviates", 1, 10, DEVIATES),
        watch.amount("differs", 0, 2, figure == Watch.Figure.SENTIMENT ? 0.2 : 0.1),
        watch.number("atLeast", 5, 1_000_000, AT_LEAST),
        past == null ? MAX_PAST : past,
        watch.number("pastAtLeast", 4, 600, PAST_AT_LEAST));
  }

  private static void check(Fields rule, Across across, Audience audience, Duration cooldown) {
    for (String field :
        new String[] {"pattern", "within", "by", "ordering", "afterMatch", "condition"}) {
      if (rule.has(field)) {
        rule.wrong(
            field,
            "has no meaning across " + across.code() + ", where no events are matched",
            "leave it out; watch says what is looked at");
      }
    }
    if (audience != Audience.SUPERVISOR) {
      rule.wrong(
          "audience",
          "is " + audience.code() + ", for whom an alert needs a customer",
          "write audience: supervisor");
    }
    if (cooldown == null && !rule.has("cooldown")) {
      rule.wrong(
          "cooldown",
          "is missing beside across",
          "say how long one alert stands for the trouble, e.g. cooldown: 1h");
    } else if (cooldown != null && cooldown.compareTo(MAX_COOLDOWN) > 0) {
      rule.wrong("cooldown", "is longer than is remembered here", "write at most 30d");
    }
  }
}
