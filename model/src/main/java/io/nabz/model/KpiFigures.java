package io.nabz.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The floor's figures for one dimension and one interval, or for now. Parts of which nothing is
 * known are left out, as are ratios whose denominator is zero. Ratios are 0 to 1, lengths seconds.
 *
 * @param dimension as {@link KpiKey} has it
 * @param start of the interval, included, in event time; null for now
 * @param end excluded
 * @param version only grows; a lower one is an older word
 */
public record KpiFigures(
    String dimension,
    KpiInterval interval,
    Instant start,
    Instant end,
    long version,
    Contacts contacts,
    List<ServiceLevel> serviceLevels,
    Waiting waits,
    Length handle,
    Agents agents,
    Repeats repeats,
    Resolution resolution,
    Texts texts,
    Mean sentiment,
    Csat csat,
    Nps nps,
    Mean ces,
    Carts carts,
    Cases cases,
    Map<String, Long> alerts,
    Live now) {

  public KpiFigures {
    requireNonNull(dimension, "dimension is null");
    requireNonNull(interval, "interval is null");
    serviceLevels = serviceLevels == null ? null : List.copyOf(serviceLevels);
    alerts = alerts == null ? null : Map.copyOf(alerts);
  }

  /**
   * Contacts that began in the interval; what becomes of them later is counted there too.
   *
   * @param begun all inbound ones
   * @param queued those that came to a queue
   * @param offered answered plus abandoned in the queue; who still waits is not yet among them
   * @param shortAbandoned left the queue within the short-abandon threshold
   * @param leftBeforeQueue abandoned before any queue, for instance in the IVR
   * @param abandonedOfOffered abandoned / offered
   * @param abandonedOfQueued abandoned / queued
   */
  public record Contacts(
      long begun,
      long queued,
      long offered,
      long answered,
      long abandoned,
      long shortAbandoned,
      long leftBeforeQueue,
      long transfers,
      long outbound,
      Double abandonedOfOffered,
      Double abandonedOfQueued) {}

  /**
   * @param level by the configured formula; the counts beside it allow the other two
   */
  public record ServiceLevel(
      double targetSeconds,
      ServiceLevelFormula formula,
      Double level,
      long answeredWithin,
      long abandonedWithin) {}

  /**
   * From the queue to the answer.
   *
   * @param asaSeconds mean over all answered; those that never queued count with zero
   * @param asaQueuedSeconds mean over those that queued and were answered
   */
  public record Waiting(
      Double asaSeconds,
      Double asaQueuedSeconds,
      Double p50Seconds,
      Double p90Seconds,
      Double p95Seconds) {}

  /** A mean, and quantiles to within one percent. */
  public record Length(
      long count, Double meanSeconds, Double p50Seconds, Double p90Seconds, Double p95Seconds) {}

  /**
   * @param seconds time spent in each state
   * @param occupancy (busy + wrap-up) / (busy + wrap-up + available)
   */
  public record Agents(Map<String, Double> seconds, Double occupancy) {}

  /**
   * Contacts that follow another of the same customer.
   *
   * @param contacts those of which the customer is known
   * @param third24h contacts that are at least the third within 24 h, both ends included
   * @param third7d within 7 d
   */
  public record Repeats(
      long contacts,
      long within24h,
      long within7d,
      Double rate24h,
      Double rate7d,
      long third24h,
      long third7d) {}

  /**
   * First contact resolution: a contact is resolved when no further one of the customer begins
   * within the window, and settled when that is known.
   *
   * @param rate resolved / settled
   * @param topicSettled the same among contacts on one topic; those of which no topic is told are
   *     left out
   */
  public record Resolution(
      long settled,
      long resolved,
      Double rate,
      long topicSettled,
      long topicResolved,
      Double topicRate) {}

  /**
   * What customers wrote or said in their own words.
   *
   * @param negative with a sentiment below zero
   */
  public record Texts(long count, long negative, long positive) {}

  /** A mean over so many. */
  public record Mean(long count, Double mean) {}

  /**
   * @param satisfied share of answers of 4 or more on the scale of 1 to 5
   */
  public record Csat(long count, Double mean, Double satisfied) {}

  /**
   * @param score percent of promoters (9, 10) minus percent of detractors (0 to 6)
   */
  public record Nps(long count, Double score) {}

  /**
   * @param settled ordered plus abandoned
   * @param abandonmentRate abandoned / settled
   */
  public record Carts(
      long begun, long ordered, long abandoned, long settled, Double abandonmentRate) {}

  /**
   * @param time from the opening to the resolution of those resolved in the interval
   */
  public record Cases(long opened, long resolved, Length time) {}

  /**
   * What holds now.
   *
   * @param waitingSince since when the longest-waiting one waits; null when none does
   * @param longestWaitSeconds how long that one has waited by {@code asOf}
   * @param asOf what the stream's clock said when this was told; null before there is a clock
   * @param agents how many are in each state
   */
  public record Live(
      long waiting,
      Instant waitingSince,
      Double longestWaitSeconds,
      Instant asOf,
      long connected,
      Map<String, Long> agents,
      long openCases) {}
}
