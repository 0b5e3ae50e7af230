package io.nabz.rules.language;

import io.nabz.model.Audience;
import java.time.Duration;
import java.util.List;

/**
 * What a rule across customers must be like: nobody's history is looked at for it, what it costs is
 * bounded, and one trouble makes one alert.
 */
final class Reach {
  private Reach() {}

  static void check(
      Fields rule,
      String by,
      Audience audience,
      List<Step> pattern,
      RuleOrdering ordering,
      Duration cooldown) {
    if (by == null && !rule.has("by")) {
      rule.wrong(
          "by",
          "is missing beside across",
          "name the field whose values are told apart, e.g. by: data.code");
    }
    if ("subject".equals(by)) {
      rule.wrong("by", "is the customer, across whom the rule looks", "write e.g. by: data.code");
    }
    if (audience != Audience.SUPERVISOR) {
      rule.wrong(
          "audience",
          "is " + audience.code() + ", for whom an alert needs a customer",
          "write audience: supervisor, or leave out across");
    }
    if (ordering == RuleOrdering.EVENT_TIME) {
      rule.wrong(
          "ordering",
          "waits for the watermark, which a burst over all customers would outgrow",
          "leave it out: across customers events are matched as they come");
    }
    if (cooldown == null && !rule.has("cooldown")) {
      rule.wrong(
          "cooldown",
          "is missing beside across",
          "say how long one alert stands for the trouble, e.g. cooldown: 30m");
    }
    for (int i = 0; i < pattern.size(); i++) {
      check(rule, pattern.get(i), "pattern/" + i);
    }
  }

  /** An event that no step names is never sent beyond its customer. */
  private static void check(Fields rule, Step step, String at) {
    if (step.types().contains("*")) {
      rule.wrong(at + "/type", "is every event there is", "name the types, e.g. error.shown");
    }
    if (step.followed() == Contiguity.STRICT || step.repeated() == Contiguity.STRICT) {
      rule.wrong(
          at,
          "is strict, but between the events of two customers lie those of others",
          "leave out followed: strict and repeated: strict");
    }
  }
}
