package io.nabz.customer;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.customer.ArbiterPolicy.QuietHours;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.Event;
import io.nabz.model.FlagCode;
import io.nabz.model.LocalisedText;
import io.nabz.model.Severity;
import io.nabz.model.SuppressionReason;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArbiterTest {
  private static final Events C = Events.of("C-1");
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final Duration A_DAY = Duration.ofDays(1);

  /** 10:00 UTC is 13:30 in Tehran. */
  private static final QuietHours AT_NIGHT =
      new QuietHours(LocalTime.of(21, 0), LocalTime.of(9, 0));

  private final Life life = new Life().with(C.event("first", "page.viewed", Events.data()));
  private Arbiter arbiter = new Arbiter(ArbiterPolicy.DEFAULT);

  @Test
  void aCustomerOfWhomNothingSpeaksAgainstItIsTold() {
    assertThat(judge(alert("a", Duration.ZERO)).state()).isEqualTo(AlertState.OPEN);
  }

  @Test
  void alertsForOthersPassWhateverHolds() {
    life.with(consent("no", A_MINUTE, "marketing", null, false));
    Alert forAgents = of(Audience.AGENT, "a", A_MINUTE, null);

    assertThat(judge(forAgents)).isSameAs(forAgents);
    assertThat(life.state.told).isNull();
  }

  @Test
  void whoHasRefusedIsNotToldUntilGrantedAnew() {
    life.with(consent("no", A_MINUTE, "marketing", null, false));
    assertThat(reason(alert("a", A_MINUTE))).isEqualTo(SuppressionReason.NO_CONSENT);

    life.with(consent("yes", A_MINUTE.multipliedBy(2), "marketing", "email", true));
    assertThat(reason(alert("b", A_MINUTE.multipliedBy(2)))).isNull();

    life.with(consent("no-profile", A_MINUTE.multipliedBy(3), "profiling", null, false));
    Alert refused = judge(alert("c", A_MINUTE.multipliedBy(3)));
    assertThat(refused.suppression().detail()).isEqualTo("profiling");
  }

  @Test
  void anUnsubscriptionFromOneChannelLeavesTheOthers() {
    life.with(consent("no", A_MINUTE, "marketing", "sms", false));

    assertThat(reason(alert("a", A_MINUTE))).isNull();
  }

  @Test
  void whereConsentIsNeededSilenceIsNone() {
    policy(true, null, 3);
    assertThat(reason(alert("a", Duration.ZERO))).isEqualTo(SuppressionReason.NO_CONSENT);

    life.with(consent("yes", A_MINUTE, "marketing", "email", true));
    assertThat(reason(alert("a", A_MINUTE))).isNull();
  }

  @Test
  void anOpenCaseComesFirst() {
    life.with(C.event("c", "case.opened", Events.data().put("caseId", "case-7")));
    Alert refused = judge(alert("a", Duration.ZERO));
    assertThat(refused.suppression().reason()).isEqualTo(SuppressionReason.UNRESOLVED_CASE);
    assertThat(refused.suppression().detail()).isEqualTo("case-7");

    life.with(C.after(A_MINUTE).event("r", "case.resolved", Events.data().put("caseId", "case-7")));
    assertThat(reason(alert("b", A_MINUTE))).isNull();
  }

  @Test
  void whoIsUpsetIsLeftInPeace() {
    life.with(C.message("m", "terrible", -0.9));
    Alert refused = judge(alert("a", Duration.ZERO));

    assertThat(life.flags()).contains(FlagCode.NEGATIVE_SENTIMENT);
    assertThat(refused.suppression().reason()).isEqualTo(SuppressionReason.OPEN_COMPLAINT);
    assertThat(refused.suppression().detail()).isEqualTo("NEGATIVE_SENTIMENT");
    assertThat(refused.suppression().until()).isEqualTo(START.plus(A_DAY));
  }

  @Test
  void quietHoursAreThoseOfTheCustomersPlace() {
    policy(false, AT_NIGHT, 3);
    assertThat(reason(alert("noon", Duration.ZERO))).as("13:30 in Tehran").isNull();
    Alert night = judge(alert("night", Duration.ofHours(8)));
    assertThat(night.suppression().reason()).isEqualTo(SuppressionReason.QUIET_HOURS);
    assertThat(night.suppression().until())
        .as("9:00 in Tehran is 5:30 UTC")
        .isEqualTo(Instant.parse("2026-11-23T05:30:00Z"));

    life.with(
        C.event(
            "p",
            "profile.updated",
            Events.data().set("attributes", Events.data().put("timeZone", "Australia/Sydney"))));
    assertThat(reason(alert("sydney", Duration.ofMinutes(1)))).as("21:01 there").isNotNull();
    Alert morning = judge(alert("morning", Duration.ofHours(5)));
    assertThat(morning.suppression().detail()).as("2:00 there").isEqualTo("Australia/Sydney");
    assertThat(morning.suppression().until()).isEqualTo(Instant.parse("2026-11-22T22:00:00Z"));
    assertThat(reason(alert("nine", Duration.ofHours(12)))).as("9:00 there").isNull();
  }

  @Test
  void theCapHoldsOverAllRulesAndSlides() {
    assertThat(reason(alert("a", Duration.ZERO))).isNull();
    assertThat(reason(alert("b", A_DAY))).isNull();
    assertThat(reason(alert("c", A_DAY.multipliedBy(2)))).isNull();
    Alert fourth = judge(alert("d", A_DAY.multipliedBy(3)));
    assertThat(fourth.suppression().reason()).isEqualTo(SuppressionReason.FREQUENCY_CAP);
    assertThat(fourth.suppression().until()).isEqualTo(START.plus(A_DAY.multipliedBy(7)));

    assertThat(reason(alert("e", A_DAY.multipliedBy(7).minusMillis(1)))).isNotNull();
    assertThat(reason(alert("f", A_DAY.multipliedBy(7)))).as("the first is over").isNull();
    assertThat(life.state.told).hasSize(3);
  }

  @Test
  void theSameAlertToldAgainPassesAndCountsOnce() {
    policy(false, null, 1);
    judge(alert("a", Duration.ZERO));

    assertThat(reason(alert("a", Duration.ZERO))).isNull();
    assertThat(reason(alert("b", Duration.ZERO))).isEqualTo(SuppressionReason.FREQUENCY_CAP);
  }

  @Test
  void anAlertThatIsTakenBackNoLongerCounts() {
    policy(false, null, 1);
    Alert first = judge(alert("a", Duration.ZERO));
    judge(first.withHandling(AlertState.RETRACTED, null));

    assertThat(reason(alert("b", Duration.ZERO))).isNull();
  }

  @Test
  void theHoldOutIsHeldBackLastAndUsesUpTheCap() {
    policy(false, null, 1);
    Alert.Offer offer = new Alert.Offer("free-delivery", "holdout");
    Alert refused = judge(of(Audience.MARKETING, "a", Duration.ZERO, offer));

    assertThat(refused.suppression().reason()).isEqualTo(SuppressionReason.HOLDOUT);
    assertThat(reason(of(Audience.MARKETING, "a", Duration.ZERO, offer)))
        .as("and stays so when it is told again")
        .isEqualTo(SuppressionReason.HOLDOUT);
    assertThat(reason(alert("b", Duration.ZERO))).isEqualTo(SuppressionReason.FREQUENCY_CAP);
  }

  private void policy(boolean consentNeeded, QuietHours quietHours, int cap) {
    arbiter =
        new Arbiter(
            new ArbiterPolicy(
                consentNeeded,
                quietHours,
                ZoneId.of("Asia/Tehran"),
                cap,
                Duration.ofDays(7),
                List.of(FlagCode.NEGATIVE_SENTIMENT)));
  }

  private SuppressionReason reason(Alert alert) {
    Alert judged = judge(alert);
    return judged.suppression() == null ? null : judged.suppression().reason();
  }

  private Alert judge(Alert alert) {
    return arbiter.judge(life.state, alert);
  }

  private static Alert alert(String id, Duration sinceStart) {
    return of(Audience.MARKETING, id, sinceStart, null);
  }

  private static Alert of(Audience audience, String id, Duration sinceStart, Alert.Offer offer) {
    return new Alert(
        id,
        "rule-of-" + id,
        1,
        "C-1",
        audience,
        Severity.LOW,
        AlertState.OPEN,
        null,
        null,
        null,
        new LocalisedText("t", "ت"),
        null,
        List.of(),
        offer,
        new Alert.Times(START.plus(sinceStart), null, START, null));
  }

  private static Event consent(
      String id, Duration sinceStart, String purpose, String channel, boolean granted) {
    var data = Events.data().put("purpose", purpose).put("granted", granted);
    if (channel != null) {
      data.put("channel", channel);
    }
    return C.after(sinceStart).event(id, "consent.changed", data);
  }
}
