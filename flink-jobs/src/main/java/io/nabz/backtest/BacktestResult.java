package io.nabz.backtest;

import io.nabz.model.Alert;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What the draft would have done to the customers of the sample.
 *
 * @param alerts told and not taken back
 * @param customers who would have had one; none of a rule across customers
 * @param retracted told and then taken back by a late event
 * @param agentHours hours in which an agent was seen at work, summed over agents
 * @param alertsPerAgentHour null if no agent was seen
 * @param stillOpen customers of whom something had begun when the history ended
 * @param events that were looked at
 * @param unusable records that are no events
 * @param throttled why matches under way were given up, or null
 * @param live beside the rule of the same id that runs now; null for none
 */
public record BacktestResult(
    long alerts,
    long customers,
    long retracted,
    List<Day> perDay,
    long agentHours,
    Double alertsPerAgentHour,
    long stillOpen,
    long events,
    long unusable,
    String throttled,
    List<Example> examples,
    Comparison live) {

  /** A day in UTC; days without an alert are left out. */
  public record Day(LocalDate day, long alerts) {}

  /**
   * One match with what it rests on.
   *
   * @param customerId null of a rule across customers
   */
  public record Example(
      String customerId,
      Instant at,
      io.nabz.model.LocalisedText title,
      List<Alert.Evidence> evidence) {}

  /** The draft beside what runs; alerts are the same when they rest on the same events. */
  public record Comparison(
      int version,
      long alerts,
      long both,
      long onlyDraft,
      long onlyLive,
      List<Example> onlyInDraft,
      List<Example> onlyInLive) {}
}
