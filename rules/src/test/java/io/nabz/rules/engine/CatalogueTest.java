package io.nabz.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.rules.catalogue.Catalogue;
import io.nabz.rules.language.Rule;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
  /**
   * What makes a rule alert and what nearly does.
   *
   * @param customer facets of the snapshot as JSON
   * @param fires lines of {@code minute type field=value ...}; a lone minute lets time pass, {@code
   *     of=2} is the event of another customer. Across customers, it is told of the value that the
   *     first event has; of a queue each line is a quarter of an hour
   */
  private record Example(String rule, String customer, String fires, String nearly) {
    @Override
    public String toString() {
      return rule;
    }
  }

  private static final String NOTHING = "{}";

  static Stream<Example> examples() {
    return Stream.of(
        new Example(
            "repeated-contact-on-topic",
            NOTHING,
            "0 contact.initiated topic=bill;60 contact.initiated topic=bill;90 contact.initiated topic=bill",
            "0 contact.initiated topic=bill;60 contact.initiated topic=card;90 contact.initiated topic=bill"),
        new Example(
            "call-after-failed-self-service",
            NOTHING,
            "0 selfservice.failed task=track;14 contact.initiated channel=voice",
            "0 selfservice.failed task=track;14 contact.initiated channel=chat"),
        new Example(
            "social-complaint-then-call",
            NOTHING,
            "0 social.posted sentiment=-0.6;100 contact.initiated channel=voice",
            "0 social.posted sentiment=0.6;100 contact.initiated channel=voice"),
        new Example(
            "chat-turning-sour",
            "{\"sentiment\": {\"trend\": \"falling\", \"score\": -0.5}}",
            "0 message.received contactId=k;1 message.received contactId=k;2 message.received contactId=k",
            "0 message.received contactId=k;1 message.received contactId=k;2 message.received contactId=other"),
        new Example(
            "transfer-ping-pong",
            NOTHING,
            "0 contact.transferred contactId=k;9 contact.transferred contactId=k",
            "0 contact.transferred contactId=k;9 contact.transferred contactId=other"),
        new Example(
            "valuable-customer-waiting",
            "{\"value\": {\"tier\": \"gold\"}}",
            "0 contact.queued contactId=k queue=billing;3",
            "0 contact.queued contactId=k queue=billing;2 contact.connected contactId=k;3"),
        new Example(
            "abandoned-not-called-back",
            NOTHING,
            "0 contact.abandoned contactId=k;30",
            "0 contact.abandoned contactId=k;29 contact.connected contactId=k2;30"),
        new Example(
            "callback-not-kept",
            NOTHING,
            "0 callback.requested contactId=k;120",
            "0 callback.requested contactId=k;119 callback.completed contactId=k;120"),
        new Example(
            "late-delivery-then-contact",
            NOTHING,
            "0 order.delayed orderId=o;600 message.received channel=chat",
            "0 order.delayed orderId=o;600 contact.initiated direction=outbound"),
        new Example(
            "payment-failed-twice",
            NOTHING,
            "0 payment.failed cartId=c;29 payment.failed cartId=c",
            "0 payment.failed cartId=c;30 payment.failed cartId=c"),
        new Example(
            "valuable-cart-left",
            "{\"currentActivity\": {\"cart\": {\"value\": {\"amount\": 7000000.0, \"currency\": \"IRR\"}}}}",
            "0 cart.item_added sku=s;45",
            "0 cart.item_added sku=s;44 order.placed orderId=o;45"),
        new Example(
            "checkout-stalls-while-browsing",
            NOTHING,
            "0 checkout.started cartId=c;1 page.viewed url=/a;2 page.viewed url=/b;3 page.viewed url=/c",
            "0 checkout.started cartId=c;1 page.viewed url=/a;2 order.placed orderId=o;3 page.viewed url=/b;4 page.viewed url=/c"),
        new Example(
            "cart-left-after-payment-failure",
            NOTHING,
            "0 payment.failed cartId=c;60",
            "0 payment.failed cartId=c;59 order.placed orderId=o;60"),
        new Example(
            "cancel-pages-after-complaint",
            NOTHING,
            "0 case.opened caseId=1;60 page.viewed url=/account/cancel",
            "0 case.opened caseId=1;60 page.viewed url=/account/orders"),
        new Example(
            "case-reopened", NOTHING, "0 case.reopened caseId=1", "0 case.updated caseId=1"),
        new Example(
            "detractor-after-resolved-case",
            NOTHING,
            "0 case.resolved caseId=1;600 survey.answered metric=nps score=6",
            "0 case.resolved caseId=1;600 survey.answered metric=nps score=7"),
        new Example(
            "failed-logins-then-large-order",
            NOTHING,
            "0 auth.failed method=otp;1 auth.failed method=otp;2 auth.failed method=otp;9 order.placed total=20000000",
            "0 auth.failed method=otp;1 auth.failed method=otp;2 auth.failed method=otp;9 order.placed total=20000"),
        new Example(
            "dormant-customer-returns",
            "{\"value\": {\"orders\": 4, \"recencyDays\": 120}}",
            "0 auth.succeeded method=otp",
            "0 page.viewed url=/"),
        new Example(
            "promoter-happy-moment",
            NOTHING,
            "0 survey.answered metric=nps score=9",
            "0 survey.answered metric=csat score=9"),
        new Example(
            "delivered-early",
            NOTHING,
            "0 order.placed orderId=o promisedAt=2026-11-25T10:00:00Z;1440 order.delivered orderId=o",
            "0 order.placed orderId=o promisedAt=2026-11-23T11:00:00Z;1440 order.delivered orderId=o"),
        new Example(
            "one-error-many-customers",
            NOTHING,
            "0 error.shown code=E-42 of=1;1 error.shown code=E-42 of=2;2 error.shown code=E-42 of=3;8 error.shown code=E-42 of=4;9 error.shown code=E-42 of=5",
            "0 error.shown code=E-42 of=1;1 error.shown code=E-42 of=2;2 error.shown code=E-42 of=3;3 error.shown code=E-42 of=3;4 error.shown code=E-42 of=4;5 error.shown code=E-43 of=5;10 error.shown code=E-42 of=5"),
        new Example(
            "queue-given-up-by-many",
            NOTHING,
            "0 contact.abandoned queue=billing of=1;1 contact.abandoned queue=billing of=2;2 contact.abandoned queue=billing of=3;3 contact.abandoned queue=billing of=4;4 contact.abandoned queue=billing of=5",
            "0 contact.abandoned queue=billing of=1;1 contact.abandoned queue=billing of=2;2 contact.abandoned queue=billing of=3;3 contact.abandoned queue=billing of=4;4 contact.abandoned queue=sales of=5;5 contact.abandoned queue=billing of=4"),
        new Example(
            "feed-silent",
            NOTHING,
            "0 contact.initiated;14 agent.state_changed;28 source.heartbeat;35 page.viewed;50",
            "0 contact.initiated;14 agent.state_changed;28 source.heartbeat;35 page.viewed;49 source.heartbeat;50"),
        new Example(
            "queue-abandonment-out-of-line",
            NOTHING,
            quarters(12, "contacts=40 abandoned=4") + ";180 quarter contacts=40 abandoned=14;200",
            quarters(12, "contacts=40 abandoned=4") + ";180 quarter contacts=40 abandoned=9;200"),
        new Example(
            "queue-sentiment-out-of-line",
            NOTHING,
            quarters(12, "contacts=20 mean=-0.1") + ";180 quarter contacts=20 mean=-0.5;200",
            quarters(12, "contacts=20 mean=-0.1") + ";180 quarter contacts=20 mean=-0.25;200"),
        new Example(
            "errors-in-a-row",
            NOTHING,
            "0 error.shown code=500;5 error.shown code=500;9 error.shown code=502",
            "0 error.shown code=500;5 error.shown code=500;10 error.shown code=502"),
        new Example(
            "message-without-answer",
            NOTHING,
            "0 message.received channel=chat contactId=k;15",
            "0 message.received channel=chat contactId=k;14 message.sent contactId=k;15"),
        new Example(
            "too-many-campaigns",
            NOTHING,
            "0 campaign.sent campaignId=1;1 campaign.sent campaignId=2;2 campaign.sent campaignId=3;3 campaign.sent campaignId=4;4 campaign.sent campaignId=5",
            "0 campaign.sent campaignId=1;1 campaign.sent campaignId=2;2 campaign.sent campaignId=3;3 campaign.sent campaignId=4;4 campaign.sent campaignId=4"));
  }

  /** So many quarters of an hour that are all alike. */
  private static String quarters(int count, String fields) {
    return IntStream.range(0, count)
        .mapToObj(n -> n * 15 + " quarter " + fields)
        .collect(Collectors.joining(";"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aRuleOfTheCatalogueAlertsOnceAndItsNearMissDoesNot(Example example) {
    List<Alert> fires = open(example, example.fires());
    assertThat(fires).as("fires").hasSize(1);
    assertThat(fires.get(0).title().fa()).doesNotContain("{{").isNotBlank();

    assertThat(open(example, example.nearly())).as("nearly").isEmpty();
  }

  @Test
  void eachRuleHasItsExampleAndItsReasonInBothLanguages() {
    assertThat(Catalogue.rules()).hasSizeGreaterThanOrEqualTo(18);
    assertThat(Catalogue.rules().stream().map(Rule::id))
        .containsExactlyElementsOf(examples().map(Example::rule).sorted().toList());
    assertThat(Catalogue.rules())
        .allSatisfy(
            rule -> {
              assertThat(rule.why().fa()).isNotBlank();
              assertThat(rule.why().en()).isNotBlank();
              assertThat(rule.then().advice()).isNotNull();
            });
  }

  private static List<Alert> open(Example example, String story) {
    CompiledRule rule =
        Catalogue.compiled().stream()
            .filter(one -> one.rule().id().equals(example.rule()))
            .findFirst()
            .orElseThrow();
    List<Alert> alerts =
        rule.rule().isWatch() ? watch(rule, story).alerts : play(rule, example, story).alerts;
    return alerts.stream().filter(alert -> alert.state() == AlertState.OPEN).toList();
  }

  private static WatchPlay watch(CompiledRule rule, String story) {
    WatchPlay play = new WatchPlay(rule);
    for (String line : story.split(";")) {
      String[] words = line.split(" ");
      int minute = Integer.parseInt(words[0]);
      if (words.length > 1 && words[1].equals("quarter")) {
        Event quarter = event(Duration.ofMinutes(minute), words, 0);
        play.quarter(
            minute / 15,
            quarter.data().path("contacts").asLong(),
            quarter.data().path("abandoned").asLong(),
            quarter.data().path("mean").asDouble());
      } else if (words.length > 1) {
        play.heard(minute);
      }
      play.until(minute);
    }
    return play;
  }

  private static Play play(CompiledRule rule, Example example, String story) {
    Play play = new Play(new RuleSet(List.of(rule))).knowing(facets(example.customer()));
    if (rule.rule().isAcross()) {
      String[] first = story.split(";")[0].split(" ");
      play.across(new Crowds(List.of(rule)).keysOf(event(Duration.ZERO, first, 0)).get(0));
    }
    int number = 0;
    for (String line : story.split(";")) {
      String[] words = line.split(" ");
      Duration minute = Duration.ofMinutes(Long.parseLong(words[0]));
      if (words.length == 1) {
        play.until(minute);
      } else {
        play.with(event(minute, words, number++));
      }
    }
    return play;
  }

  private static Event event(Duration at, String[] words, int number) {
    ObjectNode data = Events.data();
    String customer = "1";
    for (int i = 2; i < words.length; i++) {
      String[] field = words[i].split("=");
      if (field[0].equals("of")) {
        customer = field[1];
        continue;
      }
      boolean isNumber = field[1].matches("-?[0-9]+(\\.[0-9]+)?") && !field[0].endsWith("Id");
      if (isNumber) {
        data.put(field[0], Double.parseDouble(field[1]));
      } else {
        data.put(field[0], field[1]);
      }
    }
    return Events.of("C-" + customer).after(at).event("e" + number, words[1], data);
  }

  private static Map<String, Object> facets(String json) {
    Map<String, Object> facets = new HashMap<>();
    try {
      Json.mapper()
          .readTree(json)
          .properties()
          .forEach(facet -> facets.put(facet.getKey(), facet.getValue()));
    } catch (java.io.IOException e) {
      throw new AssertionError("the example is JSON", e);
    }
    return facets;
  }
}
