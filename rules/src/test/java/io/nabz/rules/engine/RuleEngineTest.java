package io.nabz.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleEngineTest {
  private static final Events C = Events.of("C-1");

  private static final String HEAD =
      """
      audience: agent
      severity: high
      name: {en: n, fa: ن}
      then: {title: {en: "Order {{placed.data.orderId | ?}}", fa: "سفارش {{placed.data.orderId}}"}}
      """;

  private static final String FAIL_THEN_CALL =
      """
      id: fail-call
      audience: agent
      name: {en: n, fa: ن}
      pattern:
        - {as: fail, type: selfservice.failed}
        - {as: call, type: contact.initiated, where: "event.data.channel == 'voice'"}
      within: 15m
      then: {title: {en: "Failed {{fail.data.task}}", fa: "ن"}, advice: {en: a, fa: ب}}
      """;

  private static final String NO_DELIVERY =
      """
      id: no-delivery
      by: data.orderId
      pattern:
        - {as: placed, type: order.placed}
        - {as: delivered, type: order.delivered, not: true}
      within: 1h
      """
          + HEAD;

  @Test
  void aSequenceMatchesOnArrivalWithItsEvidenceAndItsWords() {
    Play play =
        Play.of(FAIL_THEN_CALL)
            .with(at(0, "f", "selfservice.failed", Map.of("task", "track {{event.id}}\n")))
            .with(C.after(Duration.ofMinutes(1)).call("k"));

    assertThat(play.evidence()).containsExactly(List.of("f", "k:contact.initiated"));
    Alert alert = play.alerts.get(0);
    assertThat(alert.title().en())
        .as("what is put in is not looked through again")
        .isEqualTo("Failed track {{event.id}}");
    assertThat(alert.assignee()).isEqualTo("a-12");
    assertThat(alert.times().eventAt()).isEqualTo(Events.START.plusSeconds(60));
    assertThat(play.state.packed()).as("nothing is left to wait for").isNull();
  }

  @Test
  void theWindowEndsExactlyWhereItEnds() {
    Event fail = at(0, "f", "selfservice.failed", Map.of());
    assertThat(Play.of(FAIL_THEN_CALL).with(fail, C.after(Duration.ofMinutes(15)).call("k")).open())
        .isEmpty();
    assertThat(
            Play.of(FAIL_THEN_CALL)
                .with(fail, C.after(Duration.ofMinutes(15).minusMillis(1)).call("k"))
                .open())
        .hasSize(1);
  }

  @Test
  void aCallThatHappenedBeforeTheFailureButCameAfterItDoesNotMatch() {
    assertThat(
            Play.of(FAIL_THEN_CALL)
                .with(at(5, "f", "selfservice.failed", Map.of()))
                .with(C.after(Duration.ofMinutes(4)).call("k"))
                .open())
        .isEmpty();
  }

  @Test
  void anAbsenceHappensAtItsExactMoment() {
    Play play = Play.of(NO_DELIVERY).with(order(0, "p", "order.placed", "o-1"));
    assertThat(play.state.dueMs()).isEqualTo(Events.START.plus(Duration.ofHours(1)).toEpochMilli());

    play.until(Duration.ofHours(1).minusMillis(1));
    assertThat(play.open()).isEmpty();

    play.until(Duration.ofHours(1));
    assertThat(play.open()).hasSize(1);
    assertThat(play.alerts.get(0).title().en()).isEqualTo("Order o-1");
    assertThat(play.alerts.get(0).times().receivedAt()).isNull();
    assertThat(play.state.dueMs()).isEqualTo(RuleState.NEVER);
  }

  @Test
  void whatIsCorrelatedByAFieldKeepsOrdersApart() {
    Play play =
        Play.of(NO_DELIVERY)
            .with(order(0, "p1", "order.placed", "o-1"), order(1, "p2", "order.placed", "o-2"))
            .with(order(2, "d1", "order.delivered", "o-1"))
            .until(Duration.ofHours(2));

    assertThat(play.evidence()).containsExactly(List.of("p2"));
  }

  @Test
  void anAbsenceIsTakenBackWhenItsEventTurnsUpLate() {
    Play play =
        Play.of(NO_DELIVERY)
            .with(order(0, "p", "order.placed", "o-1"))
            .until(Duration.ofHours(1))
            .with(order(59, "d", "order.delivered", "o-1"));

    assertThat(play.retracted()).isEqualTo(play.open()).hasSize(1);
  }

  @Test
  void anEventAfterTheWindowTakesNothingBack() {
    Play play =
        Play.of(NO_DELIVERY)
            .with(order(0, "p", "order.placed", "o-1"))
            .until(Duration.ofHours(1))
            .with(order(60, "d", "order.delivered", "o-1"));

    assertThat(play.open()).hasSize(1);
    assertThat(play.retracted()).isEmpty();
  }

  @Test
  void aStepThatMustNotComeBetweenIsHeardLateToo() {
    String rule =
        """
        id: no-connect
        pattern:
          - {as: placed, type: contact.queued}
          - {as: nobody, type: contact.connected, not: true}
          - {as: gone, type: contact.abandoned}
        within: 1h
        """
            + HEAD;
    Play play =
        Play.of(rule)
            .with(
                at(0, "q", "contact.queued", Map.of()), at(5, "a", "contact.abandoned", Map.of()));
    assertThat(play.open()).hasSize(1);

    play.with(at(3, "c", "contact.connected", Map.of()));
    assertThat(play.retracted()).isEqualTo(play.open());
  }

  @Test
  void withinTheCooldownNobodyIsToldAgain() {
    String rule = single("cooldown: 1h\npattern: [{as: placed, type: payment.failed}]");
    Play play =
        Play.of(rule)
            .with(at(0, "a", "payment.failed", Map.of()))
            .with(at(59, "b", "payment.failed", Map.of()))
            .with(at(60, "c", "payment.failed", Map.of()));

    assertThat(play.evidence()).containsExactly(List.of("a"), List.of("c"));
  }

  @Test
  void aggregatesCountSumAndTellApartOverASlidingWindow() {
    Play count = Play.of(aggregate("function: count, window: 10m, atLeast: 3"));
    Play sum = Play.of(aggregate("function: sum, field: data.total, window: 10m, atLeast: 25"));
    Play distinct =
        Play.of(aggregate("function: distinct, field: data.card, window: 10m, atLeast: 2"));
    Play rate = Play.of(aggregate("function: rate, window: 2m, atLeast: 1.5"));
    for (Play play : List.of(count, sum, distinct, rate)) {
      play.with(at(0, "a", "payment.failed", Map.of("total", 10, "card", "x")))
          .with(at(9, "b", "payment.failed", Map.of("total", 10, "card", "x")))
          .with(at(10, "c", "payment.failed", Map.of("total", 10, "card", "y")))
          .with(at(10, "d", "payment.failed", Map.of("total", 6, "card", "y")));
    }
    assertThat(count.evidence())
        .as("a has left the window when c comes; the third within it is d")
        .containsExactly(List.of("b", "c", "d"));
    assertThat(sum.evidence()).as("10 + 10 + 6 = 26").containsExactly(List.of("b", "c", "d"));
    assertThat(distinct.evidence())
        .as("x and y; then d alone, since b and c are used up")
        .containsExactly(List.of("b", "c"));
    assertThat(rate.evidence()).as("3 in 2 minutes").containsExactly(List.of("b", "c", "d"));
  }

  @Test
  void aRuleInEventTimeWaitsForTheWatermarkAndIsExactUnderDisorder() {
    Play play =
        Play.of(FAIL_THEN_CALL + "ordering: eventTime\n")
            .with(C.after(Duration.ofMinutes(5)).call("k"))
            .with(at(4, "f", "selfservice.failed", Map.of()));
    assertThat(play.open()).isEmpty();

    play.until(Duration.ofMinutes(5));

    assertThat(play.evidence()).containsExactly(List.of("f", "k:contact.initiated"));
    assertThat(play.alerts.get(0).times().receivedAt())
        .isEqualTo(Events.START.plus(Duration.ofMinutes(5)).plusMillis(40));
  }

  @Test
  void theConditionOverTheCustomerDecidesLast() {
    String rule =
        single("condition: customer.value.tier == 'gold'\npattern: [{as: placed, type: x.y}]");

    assertThat(Play.of(rule).with(at(0, "a", "x.y", Map.of())).open())
        .as("of whom nothing is known")
        .isEmpty();
    assertThat(
            Play.of(rule)
                .knowing(Map.of("value", Map.of("tier", "gold")))
                .with(at(0, "a", "x.y", Map.of()))
                .open())
        .hasSize(1);
  }

  @Test
  void anEditOfTheWordsKeepsWhatIsUnderWayAndAnEditOfThePatternDropsIt() {
    Play words = Play.of(FAIL_THEN_CALL).with(at(0, "f", "selfservice.failed", Map.of()));
    words.rules(Play.set(FAIL_THEN_CALL.replace("Failed", "Broken"))).with(C.call("k"));
    assertThat(words.alerts).extracting(a -> a.title().en()).containsExactly("Broken ");

    Play pattern = Play.of(FAIL_THEN_CALL).with(at(0, "f", "selfservice.failed", Map.of()));
    pattern.rules(Play.set(FAIL_THEN_CALL.replace("15m", "16m"))).with(C.call("k"));
    assertThat(pattern.open()).isEmpty();
  }

  @Test
  void theSameMatchHasTheSameIdAndAnotherVersionAnother() {
    Event[] events = {at(0, "f", "selfservice.failed", Map.of()), C.call("k")};
    String first = Play.of(FAIL_THEN_CALL).with(events).open().get(0);

    assertThat(Play.of(FAIL_THEN_CALL).with(events).open()).containsExactly(first);
    assertThat(Play.of(FAIL_THEN_CALL + "version: 2\n").with(events).open())
        .doesNotContain(first)
        .hasSize(1);
  }

  @Test
  void aFloodOfBeginningsIsBoundedAndSaid() {
    CompiledRule rule = Play.compile(FAIL_THEN_CALL);
    Play play = new Play(new RuleSet(List.of(rule)));
    for (int i = 0; i < 10_000; i++) {
      play.with(C.event("f" + i, "selfservice.failed", Events.data()));
    }

    assertThat(play.state.packed().length).isLessThan(4096);
    assertThat(rule.health().throttled()).contains("Narrow the first step");
    assertThat(play.with(C.call("k")).open()).as("it still works").hasSize(1);
  }

  @Test
  void eventsThatNoRuleWaitsForLeaveNoTrace() {
    Play play = Play.of(FAIL_THEN_CALL, NO_DELIVERY).with(at(0, "a", "page.viewed", Map.of()));

    assertThat(play.state.packed()).isNull();
  }

  private static String single(String body) {
    return "id: one\n" + body + "\n" + HEAD;
  }

  private static String aggregate(String aggregate) {
    return single("pattern: [{as: placed, type: payment.failed, aggregate: {" + aggregate + "}}]");
  }

  private static Event order(int minute, String id, String type, String orderId) {
    return at(minute, id, type, Map.of("orderId", orderId));
  }

  private static Event at(int minute, String id, String type, Map<String, Object> data) {
    return C.after(Duration.ofMinutes(minute))
        .event(id, type, io.nabz.model.Json.mapper().valueToTree(data));
  }
}
