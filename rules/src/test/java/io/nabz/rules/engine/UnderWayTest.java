package io.nabz.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.rules.engine.UnderWay.Awaited;
import io.nabz.rules.engine.UnderWay.Kind;
import io.nabz.rules.engine.UnderWay.Match;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnderWayTest {
  private static final Events C = Events.of("C-1");

  private static final String HEAD =
      """
      audience: agent
      severity: high
      name: {en: Waits, fa: منتظر}
      then: {title: {en: t, fa: ت}}
      """;

  private static final String FAIL_THEN_CALL =
      """
      id: fail-call
      pattern:
        - {as: fail, type: selfservice.failed}
        - {as: done, type: selfservice.succeeded, not: true}
        - {as: call, type: contact.initiated, where: "event.data.channel == 'voice'"}
      within: 15m
      """
          + HEAD;

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
  void aSequenceSaysWhatItHasAndWhatBringsItFurtherOrEndsIt() {
    UnderWay rule = read(play(FAIL_THEN_CALL).with(at(0, "f", "selfservice.failed")), 14).get(0);

    assertThat(rule.ruleId()).isEqualTo("fail-call");
    assertThat(rule.name().fa()).isEqualTo("منتظر");
    assertThat(rule.notListed()).isZero();
    Match match = rule.matches().get(0);
    assertThat(match.since()).isEqualTo(Events.START);
    assertThat(match.until()).isEqualTo(Events.START.plus(Duration.ofMinutes(15)));
    assertThat(match.evidence())
        .extracting(e -> e.as() + "=" + e.eventId())
        .containsExactly("fail=f");
    Awaited call = match.waitsFor().get(0);
    assertThat(call.kind()).isEqualTo(Kind.EVENT);
    assertThat(call.as()).isEqualTo("call");
    assertThat(call.where()).isEqualTo("event.data.channel == 'voice'");
    assertThat(call.needed()).as("one is enough").isNull();
    assertThat(match.waitsFor()).hasSize(1);
    assertThat(match.endedBy()).extracting(Awaited::as).containsExactly("done");
  }

  @Test
  void whatHasEndedOrMatchedIsNotUnderWay() {
    Play play = play(FAIL_THEN_CALL).with(at(0, "f", "selfservice.failed"));
    assertThat(read(play, 15)).as("the window is over").isEmpty();
    assertThat(UnderWay.read(Play.set(NO_DELIVERY), told(play), Events.START))
        .as("the rule is gone")
        .isEmpty();

    play.with(C.after(Duration.ofMinutes(1)).call("k"));
    assertThat(play.open()).hasSize(1);
    assertThat(RuleState.underWay(play.state.packed())).as("it has matched").isNull();
  }

  @Test
  void aMatchThatWasToldAndMayBeDisprovedIsNotUnderWay() {
    Play play = play(NO_DELIVERY).with(order(0, "p", "order.placed", "o-1"));
    play.until(Duration.ofHours(1));

    assertThat(play.open()).hasSize(1);
    assertThat(play.state.packed()).as("remembered, to be taken back").isNotNull();
    assertThat(told(play)).isNull();
  }

  @Test
  void anAbsenceSaysWhenItIsToldAndOfWhichOrder() {
    Play play =
        play(NO_DELIVERY)
            .with(order(0, "p1", "order.placed", "o-1"), order(5, "p2", "order.placed", "o-2"));

    List<Match> matches = read(play, 10).get(0).matches();

    assertThat(matches).extracting(Match::by).as("begun last first").containsExactly("o-2", "o-1");
    Awaited absence = matches.get(0).waitsFor().get(0);
    assertThat(absence.kind()).isEqualTo(Kind.ABSENCE);
    assertThat(absence.types()).containsExactly("order.delivered");
    assertThat(absence.at()).isEqualTo(Events.START.plus(Duration.ofMinutes(65)));
    assertThat(matches.get(0).endedBy()).extracting(Awaited::as).containsExactly("delivered");
  }

  @Test
  void repetitionsAreCounted() {
    Play play =
        play("id: thrice\npattern: [{as: fail, type: payment.failed, timesOrMore: 3},"
                + " {as: gone, type: page.viewed}]\nwithin: 1h\n"
                + HEAD)
            .with(at(0, "a", "payment.failed"), at(1, "b", "payment.failed"));

    Match longest =
        read(play, 2).get(0).matches().stream()
            .filter(match -> match.evidence().size() == 2)
            .findFirst()
            .orElseThrow();
    assertThat(longest.waitsFor()).hasSize(1);
    assertThat(longest.waitsFor().get(0).taken()).isEqualTo(2);
    assertThat(longest.waitsFor().get(0).needed()).isEqualTo(3);

    play.with(at(2, "c", "payment.failed"));
    longest =
        read(play, 2).get(0).matches().stream()
            .filter(match -> match.evidence().size() == 3)
            .findFirst()
            .orElseThrow();
    assertThat(longest.waitsFor())
        .extracting(Awaited::as)
        .as("more of the same, or the next step")
        .containsExactlyInAnyOrder("fail", "gone");
  }

  @Test
  void aFigureSaysWhereItStandsInItsWindow() {
    String sum =
        "id: sum\npattern: [{as: paid, type: order.placed, aggregate:"
            + " {function: sum, field: data.total, window: 10m, atLeast: 100}}]\n"
            + HEAD;
    Play play = play(sum);
    for (int i = 0; i < 3; i++) {
      play.with(event(4 * i, "o" + i, "order.placed", Map.of("total", 20)));
    }

    Match match = read(play, 9).get(0).matches().get(0);
    assertThat(match.waitsFor().get(0).figure()).as("3 x 20").isEqualTo(60);
    assertThat(match.waitsFor().get(0).aggregate().get("atLeast").asInt()).isEqualTo(100);
    assertThat(match.until()).isEqualTo(Events.START.plus(Duration.ofMinutes(10)));
    assertThat(read(play, 11).get(0).matches().get(0).waitsFor().get(0).figure())
        .as("the first has left the window")
        .isEqualTo(40);
    assertThat(read(play, 20)).as("all have").isEmpty();
  }

  @Test
  void whatIsTooMuchToTellIsNamed() {
    Play play = play(FAIL_THEN_CALL, NO_DELIVERY);
    play.with(at(0, "f", "selfservice.failed"));
    for (int i = 0; i < 60; i++) {
      play.with(
          order(1, "a-rather-long-id-of-an-event".repeat(3) + i, "order.placed", "order-" + i));
    }

    List<UnderWay> rules = read(play, 2);

    assertThat(told(play).length).isLessThan(5000);
    assertThat(rules).extracting(UnderWay::ruleId).containsExactly("fail-call", "no-delivery");
    assertThat(rules.get(0).matches()).hasSize(1);
    assertThat(rules.get(1).notListed()).isEqualTo(-1);
  }

  @Test
  void ofManyMatchesTheNewestAreListedAndTheOthersCounted() {
    Play play = play(NO_DELIVERY);
    for (int i = 0; i < 25; i++) {
      play.with(order(i, "e" + i, "order.placed", "o" + i));
    }

    UnderWay rule = read(play, 26).get(0);

    assertThat(rule.matches()).hasSize(10);
    assertThat(rule.matches().get(0).by()).isEqualTo("o24");
    assertThat(rule.notListed()).as("25 - 10").isEqualTo(15);
  }

  private RuleSet rules;

  private Play play(String... yaml) {
    rules = Play.set(yaml);
    return new Play(rules);
  }

  private List<UnderWay> read(Play play, int minute) {
    return UnderWay.read(rules, told(play), Events.START.plus(Duration.ofMinutes(minute)));
  }

  private static byte[] told(Play play) {
    return RuleState.underWay(play.state.packed());
  }

  private static Event order(int minute, String id, String type, String orderId) {
    return event(minute, id, type, Map.of("orderId", orderId));
  }

  private static Event at(int minute, String id, String type) {
    return event(minute, id, type, Map.of());
  }

  private static Event event(int minute, String id, String type, Map<String, Object> data) {
    return C.after(Duration.ofMinutes(minute)).event(id, type, Json.mapper().valueToTree(data));
  }
}
