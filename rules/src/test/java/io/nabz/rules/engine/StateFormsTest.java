package io.nabz.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What earlier versions wrote of a customer is read, and goes on as if nothing had happened. */
class StateFormsTest {
  private static final Events C = Events.of("C-1");
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private static final String HEAD =
      """
      audience: agent
      name: {en: n, fa: ن}
      """;

  /** One rule for each kind of thing that is remembered. */
  private static final String[] RULES = {
    """
    id: kept
    pattern:
      - {as: fail, type: selfservice.failed}
      - {as: call, type: contact.initiated, where: "event.data.contactId == fail.data.task"}
    within: 1h
    cooldown: 2h
    then: {title: {en: "{{fail.data.task}}", fa: "{{fail.data.task}}"}}
    """
        + HEAD,
    """
    id: absence
    by: data.orderId
    pattern:
      - {as: placed, type: order.placed}
      - {as: delivered, type: order.delivered, not: true}
    within: 20m
    then: {title: {en: "{{placed.data.orderId}}", fa: ن}}
    """
        + HEAD,
    """
    id: window
    pattern: [{as: paid, type: order.placed, aggregate:
      {function: sum, field: data.total, window: 3h, atLeast: 100}}]
    then: {title: {en: t, fa: ن}}
    """
        + HEAD,
    """
    id: repeated
    pattern:
      - {as: fail, type: selfservice.failed, timesOrMore: 2}
      - {as: call, type: contact.initiated}
    within: 1h
    then: {title: {en: t, fa: ن}}
    """
        + HEAD,
    """
    id: waits
    ordering: eventTime
    pattern:
      - {as: fail, type: selfservice.failed}
      - {as: call, type: contact.initiated}
    within: 1h
    then: {title: {en: t, fa: ن}}
    """
        + HEAD
  };

  /** What version 0.1.0 wrote of {@link #before}. */
  private static final String FIRST_FORM =
      """
      K7/xWjYs17ICkgEBgMSArcBoBQABv7PUAQIDv6kHMsukXiAnobYDZjMTc2VsZnNlcnZpY2Uu
      ZmFpbGVkGHsiZGF0YSI6eyJ0YXNrIjoiay0zIn19BACktR+Ek/9o6gNmNBNzZWxmc2Vydmlj
      ZS5mYWlsZWQYeyJkYXRhIjp7InRhc2siOiJrLTQifX0CAAAAAAABAgAAAAAAAQAAACyHOy3N
      DEh3A8Crmq7AaKIBAcDth63AaAIAAAIBANvCEjpaRPoyA28yDW9yZGVyLnBsYWNlZBl7ImRh
      dGEiOnsib3JkZXJJZCI6IjIifX0Av4bjAWkEueyK6znIA28xDW9yZGVyLnBsYWNlZBl7ImRh
      dGEiOnsib3JkZXJJZCI6IjEifX0CAAAAAAABAQACMgABGTQ2ZHp5NmU1eHVkd2RpYXB4c3hu
      bTY3c7/IUAIxAQAAqqSADcNad7MCXwHA7YetwGgCAAACAL+G4wFpBLnsius5yANvMQ1vcmRl
      ci5wbGFjZWQAAQDbwhI6WkT6MgNvMg1vcmRlci5wbGFjZWQAAAAAAgAAQD4AAAAAAAAAAABA
      PgAAAAAAAAEArm7jbZiI2tMCYwGAxICtwGgCAAACAL+pBzLLpF4gJ6G2A2YzE3NlbGZzZXJ2
      aWNlLmZhaWxlZAABAKS1H4ST/2jqA2Y0E3NlbGZzZXJ2aWNlLmZhaWxlZAADAAAAAQABAAAB
      AgEAAQMAAgAAAK7cn7UBE/xaAcCa+azAaOACAf///////////wEAAAAAAAAAAAK/5YbTv5f/
      //8B7+SG07+X////AZABeyJzcGVjdmVyc2lvbiI6IjEuMCIsImlkIjoiZjMiLCJzb3VyY2Ui
      OiIvdGVzdCIsInR5cGUiOiJzZWxmc2VydmljZS5mYWlsZWQiLCJ0aW1lIjoiMjAyNi0xMS0y
      MlQxMDozMTowMFoiLCJzdWJqZWN0IjoiQy0xIiwiZGF0YSI6eyJ0YXNrIjoiay0zIn19/7v/
      0r+X////Aa+7/9K/l////wGQAXsic3BlY3ZlcnNpb24iOiIxLjAiLCJpZCI6ImY0Iiwic291
      cmNlIjoiL3Rlc3QiLCJ0eXBlIjoic2VsZnNlcnZpY2UuZmFpbGVkIiwidGltZSI6IjIwMjYt
      MTEtMjJUMTA6MzI6MDBaIiwic3ViamVjdCI6IkMtMSIsImRhdGEiOnsidGFzayI6ImstNCJ9
      fQ==
      """;

  /** What this version writes of it. */
  private static final String SECOND_FORM =
      """
      bmFiejpydWwCBA1vcmRlci5wbGFjZWQCgOekq8BoaQS57IrrOcgCbzHAhuMB28ISOlpE+jIC
      bzITc2VsZnNlcnZpY2UuZmFpbGVkAv/SDjLLpF4gJ6G2AmYzwKkHpLUfhJP/aOoCZjQFqqSA
      DcNad7MCAgABIRACwIbjAQABAAACAABAPgAAAAAAAAAAAEA+AAAAAAAAAa5u422YiNrTAgIC
      AxYAAsCpBwABAwAAAAEAAQAAAQIBAQMCrtyftQET/FoBwJr5rMBoAMECIAD///////////8B
      AAACwJr5rMBoUJABeyJzcGVjdmVyc2lvbiI6IjEuMCIsImlkIjoiZjMiLCJzb3VyY2UiOiIv
      dGVzdCIsInR5cGUiOiJzZWxmc2VydmljZS5mYWlsZWQiLCJ0aW1lIjoiMjAyNi0xMS0yMlQx
      MDozMTowMFoiLCJzdWJqZWN0IjoiQy0xIiwiZGF0YSI6eyJ0YXNrIjoiay0zIn19gMSArcBo
      UJABeyJzcGVjdmVyc2lvbiI6IjEuMCIsImlkIjoiZjQiLCJzb3VyY2UiOiIvdGVzdCIsInR5
      cGUiOiJzZWxmc2VydmljZS5mYWlsZWQiLCJ0aW1lIjoiMjAyNi0xMS0yMlQxMDozMjowMFoi
      LCJzdWJqZWN0IjoiQy0xIiwiZGF0YSI6eyJ0YXNrIjoiay00In19K7/xWjYs17ICAgIDRwMF
      wKkHv7PUARh7ImRhdGEiOnsidGFzayI6ImstMyJ9fQMYeyJkYXRhIjp7InRhc2siOiJrLTQi
      fX0EAgAAAAAAAQIAAAABLIc7Lc0MSHcDwKuarsBoAgEAYw4CABl7ImRhdGEiOnsib3JkZXJJ
      ZCI6IjIifX0BGXsiZGF0YSI6eyJvcmRlcklkIjoiMSJ9fQACAAAAAAABAQACMgABGTQ2ZHp5
      NmU1eHVkd2RpYXB4c3hubTY3c7/IUAIxAQ==
      """;

  @Test
  void whatIsWrittenStaysAsItIs() {
    Play play = Play.of(RULES);
    before(play);

    assertThat(play.state.packed()).isEqualTo(bytes(SECOND_FORM));
  }

  @Test
  void whatIsHeldInMemoryIsWrittenAsWhatWasReadBetween() {
    Play read = Play.of(RULES);
    before(read);
    Play held = Play.of(RULES).holding();
    before(held);

    assertThat(held.alerts).isEqualTo(read.alerts);
    assertThat(held.state.packed()).isEqualTo(read.state.packed());
  }

  @Test
  void moreEventsThanOneByteCountsAreToldApart() {
    String orders = RULES[2].replace("atLeast: 100", "atLeast: 1000000");
    String pages = orders.replace("order.placed", "page.viewed").replace("id: w", "id: another-w");
    Play read = Play.of(orders, pages);
    Play held = Play.of(orders, pages).holding();
    for (int i = 0; i < 400; i++) {
      String type = i % 2 == 0 ? "order.placed" : "page.viewed";
      Event event = at(i / 4, "e" + i, type, Map.of("total", i));
      read.with(event);
      held.with(event);
    }

    assertThat(read.state.packed()).isEqualTo(held.state.packed());
    assertThat(StateCodec.unpack(read.state.packed()))
        .as("400 events of two windows")
        .extracting(section -> section.eventCount)
        .containsExactly(200, 200);
  }

  @Test
  void theFirstFormIsReadAndGoesOn() {
    Play always = Play.of(RULES);
    before(always);
    List<Alert> alertsBefore = List.copyOf(always.alerts);
    after(always);

    Play restored = Play.of(RULES);
    restored.state = RuleState.of(bytes(FIRST_FORM));
    after(restored);

    assertThat(alertsBefore).as("something was told before").isNotEmpty();
    assertThat(restored.alerts)
        .as("and something after, by each rule")
        .isEqualTo(always.alerts.subList(alertsBefore.size(), always.alerts.size()))
        .extracting(Alert::ruleId)
        .contains("kept", "absence", "window", "repeated", "waits");
    assertThat(restored.state.packed()).isEqualTo(always.state.packed());
  }

  private static void before(Play play) {
    play.with(
            at(0, "f1", "selfservice.failed", Map.of("task", "k-1")),
            at(1, "f2", "selfservice.failed", Map.of("task", "k-2")),
            at(2, "o1", "order.placed", Map.of("orderId", "1", "total", 30)),
            at(3, "k1", "contact.initiated", Map.of("contactId", "k-1")))
        .until(HALF_AN_HOUR)
        .with(
            at(31, "f3", "selfservice.failed", Map.of("task", "k-3")),
            at(32, "f4", "selfservice.failed", Map.of("task", "k-4")),
            at(33, "o2", "order.placed", Map.of("orderId", "2", "total", 30)));
  }

  private static void after(Play play) {
    play.with(
            at(20, "late", "order.delivered", Map.of("orderId", "1")),
            at(34, "o3", "order.placed", Map.of("orderId", "3", "total", 50)),
            at(35, "k3", "contact.initiated", Map.of("contactId", "k-3")))
        .until(Duration.ofHours(1))
        .with(
            at(160, "f5", "selfservice.failed", Map.of("task", "k-5")),
            at(161, "k5", "contact.initiated", Map.of("contactId", "k-5")),
            at(162, "f6", "selfservice.failed", Map.of("task", "k-6")))
        .until(Duration.ofHours(4));
  }

  private static byte[] bytes(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  private static Event at(int minute, String id, String type, Map<String, Object> data) {
    return C.after(Duration.ofMinutes(minute)).event(id, type, Json.mapper().valueToTree(data));
  }
}
