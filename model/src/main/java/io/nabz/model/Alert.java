package io.nabz.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * One match of a rule, for one audience. The same match always has the same {@code alertId}, so a
 * replay adds none; a later record with that id is the same alert in another state.
 *
 * @param customerId null if the rule looks across customers; such a one is for supervisors
 * @param contactId the contact that is live now, or null
 * @param queue of that contact, or null
 * @param assignee the agent who has the customer now, or null
 * @param suppression why it is held back; null unless it is
 */
public record Alert(
    String alertId,
    String ruleId,
    int ruleVersion,
    String customerId,
    Audience audience,
    Severity severity,
    AlertState state,
    String assignee,
    String contactId,
    String queue,
    LocalisedText title,
    LocalisedText advice,
    List<Evidence> evidence,
    Offer offer,
    Times times,
    Suppression suppression) {

  public Alert {
    requireNonNull(alertId, "alertId is null");
    requireNonNull(ruleId, "ruleId is null");
    requireNonNull(audience, "audience is null");
    if (audience != Audience.SUPERVISOR) {
      requireNonNull(customerId, "customerId is null");
    }
    requireNonNull(severity, "severity is null");
    requireNonNull(state, "state is null");
    requireNonNull(title, "title is null");
    evidence = List.copyOf(evidence);
    requireNonNull(times, "times is null");
    if ((state == AlertState.SUPPRESSED) != (suppression != null)) {
      throw new IllegalArgumentException("a suppressed alert, and no other, says why");
    }
  }

  /** One that nobody holds back. */
  public Alert(
      String alertId,
      String ruleId,
      int ruleVersion,
      String customerId,
      Audience audience,
      Severity severity,
      AlertState state,
      String assignee,
      String contactId,
      String queue,
      LocalisedText title,
      LocalisedText advice,
      List<Evidence> evidence,
      Offer offer,
      Times times) {
    this(
        alertId,
        ruleId,
        ruleVersion,
        customerId,
        audience,
        severity,
        state,
        assignee,
        contactId,
        queue,
        title,
        advice,
        evidence,
        offer,
        times,
        null);
  }

  /**
   * Why an alert is held back.
   *
   * @param detail the flag, the case or the time zone that decided; null for none
   * @param until from when on this reason no longer holds; null if that is not known
   */
  public record Suppression(SuppressionReason reason, String detail, Instant until) {
    public Suppression {
      requireNonNull(reason, "reason is null");
    }
  }

  /** An event that the match rests on. */
  public record Evidence(String as, String eventId, String type, Instant time) {}

  /** What a marketing alert proposes; customers of the hold-out group are not shown it. */
  public record Offer(String id, String group) {}

  /**
   * The way of the alert through time.
   *
   * @param eventAt when the event happened that completed the match
   * @param receivedAt when the broker had that event
   * @param detectedAt when the rule matched; for a match made by the passing of time, the moment of
   *     the stream's clock
   * @param servedAt when the API had it, or null on the way there
   */
  public record Times(Instant eventAt, Instant receivedAt, Instant detectedAt, Instant servedAt) {}

  public Alert withServedAt(Instant servedAt) {
    Times served = new Times(times.eventAt, times.receivedAt, times.detectedAt, servedAt);
    return with(state, assignee, served, suppression);
  }

  /** The same alert after people have had to do with it. */
  public Alert withHandling(AlertState newState, String newAssignee) {
    return with(newState, newAssignee, times, newState == state ? suppression : null);
  }

  /** The same alert, held back. */
  public Alert suppressed(Suppression why) {
    return with(AlertState.SUPPRESSED, assignee, times, why);
  }

  private Alert with(
      AlertState newState, String newAssignee, Times newTimes, Suppression newSuppression) {
    return new Alert(
        alertId,
        ruleId,
        ruleVersion,
        customerId,
        audience,
        severity,
        newState,
        newAssignee,
        contactId,
        queue,
        title,
        advice,
        evidence,
        offer,
        newTimes,
        newSuppression);
  }

  /** The same alert in other words. */
  public Alert withTexts(LocalisedText newTitle, LocalisedText newAdvice) {
    return new Alert(
        alertId,
        ruleId,
        ruleVersion,
        customerId,
        audience,
        severity,
        state,
        assignee,
        contactId,
        queue,
        newTitle,
        newAdvice,
        evidence,
        offer,
        times);
  }
}
