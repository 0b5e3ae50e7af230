package io.nabz.customer;

import static io.nabz.testkit.Events.START;
import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import io.nabz.model.Snapshot;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type of the catalogue shows in the snapshot where it belongs. */
class EveryEventTypeTest {
  private static final Events CUSTOMER = Events.of("C-1");

  private final Life life = new Life();

  @ParameterizedTest
  @CsvSource({
    "contact.initiated, INITIATED",
    "contact.queued, QUEUED",
    "contact.connected, CONNECTED",
    "contact.ended, ENDED",
    "contact.abandoned, ABANDONED"
  })
  void aMomentOfAContactShowsAsItsState(String type, ContactState state) {
    life.with(CUSTOMER.contact(type, "k"));

    assertThat(life.snapshot().history().contacts().get(0).state()).isEqualTo(state);
  }

  @Test
  void aTransferCountsAndMovesTheContactToItsNewQueue() {
    life.with(
        CUSTOMER.call("k"),
        event(5, "contact.transferred", data().put("contactId", "k").put("queue", "billing")));

    Snapshot.Contact contact = life.snapshot().currentActivity().contacts().get(0);
    assertThat(contact.transfers()).isEqualTo(1);
    assertThat(contact.queue()).isEqualTo("billing");
  }

  @Test
  void aRequestedCallbackIsOwedUntilItIsCompleted() {
    life.with(callback(0, 60));
    Snapshot.Callback owed = life.snapshot().currentActivity().callbacks().get(0);
    assertThat(owed.dueAt()).isEqualTo(START.plus(Duration.ofMinutes(60)));
    assertThat(owed.state()).isEqualTo("promised");

    life.with(event(30, "callback.completed", data().put("contactId", "k")));

    assertThat(life.snapshot().currentActivity().callbacks()).isEmpty();
  }

  @Test
  void aReceivedMessageIsHeardAndCounted() {
    life.with(CUSTOMER.message("m", "سلام", 0.5));

    assertThat(life.snapshot().sentiment().lastText().text()).isEqualTo("سلام");
    assertThat(life.snapshot().history().counts().get("message.received")).containsEntry("24h", 1);
  }

  @Test
  void aSentMessageStandsInTheJourney() {
    life.with(event(0, "message.sent", data().put("contactId", "k").put("text", "On its way")));

    assertThat(life.snapshot().history().journey().get(0).text()).isEqualTo("On its way");
    assertThat(life.snapshot().history().contacts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "selfservice.started, started",
    "selfservice.succeeded, succeeded",
    "selfservice.failed, failed"
  })
  void selfServiceShowsAsAttemptsAtATask(String type, String state) {
    life.with(event(0, type, data().put("task", "pay-bill").put("channel", "ivr")));

    assertThat(life.snapshot().history().selfService())
        .containsExactly(new Snapshot.Task("pay-bill", state, "ivr", START));
  }

  @ParameterizedTest
  @CsvSource({
    "page.viewed, page.viewed, discover",
    "screen.viewed, page.viewed, discover",
    "search.performed, search.performed, discover",
    "error.shown, error.shown, use"
  })
  void whatWasSeenIsCountedAndPlacedOnTheWay(String type, String family, String stage) {
    life.with(event(0, type, data().put("title", "Shoes")));

    assertThat(life.snapshot().history().counts().get(family)).containsEntry("7d", 1);
    assertThat(life.snapshot().history().stage()).isEqualTo(stage);
    assertThat(life.snapshot().history().journey().get(0).clue()).isEqualTo("mechanic");
  }

  @Test
  void theCartFillsAndEmptiesAndGoesToCheckout() {
    life.with(CUSTOMER.cartItemAdded("a", "shoes", 5), CUSTOMER.cartItemAdded("b", "hat", 7));
    life.with(event(1, "cart.item_removed", data().put("sku", "hat")));
    assertThat(life.snapshot().currentActivity().cart().items())
        .extracting(Snapshot.CartItem::sku)
        .containsExactly("shoes");

    life.with(event(2, "checkout.started", data().put("cartId", "cart")));

    assertThat(life.snapshot().currentActivity().cart().state()).isEqualTo(CartState.CHECKOUT);
  }

  @Test
  void aFailedPaymentIsAFlagAndACount() {
    life.with(event(0, "payment.failed", data().put("cartId", "c").put("reason", "limit")));

    assertThat(life.flags()).containsExactly(FlagCode.PAYMENT_FAILED);
    assertThat(life.snapshot().history().counts().get("payment.failed")).containsEntry("24h", 1);
  }

  @Test
  void aPlacedOrderIsUnderWayAndCountsAsSpend() {
    ObjectNode items = order("o").put("total", 900).put("currency", "IRR");
    items.put("promisedAt", START.plus(Duration.ofDays(2)).toString());
    items.putArray("items").addObject().put("sku", "shoes").put("name", "Shoes");
    life.with(event(0, "order.placed", items));

    Snapshot.Order order = life.snapshot().currentActivity().orders().get(0);
    assertThat(order.state()).isEqualTo("placed");
    assertThat(order.promisedAt()).isEqualTo(START.plus(Duration.ofDays(2)));
    Snapshot.Value value = life.snapshot().value();
    assertThat(value.orders()).isEqualTo(1);
    assertThat(value.spend().amount()).isEqualByComparingTo("900");
    assertThat(value.products()).containsExactly("Shoes");
    assertThat(value.recencyDays()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"order.shipped, shipped", "order.delayed, delayed"})
  void anOrderOnItsWayShowsHowFarItIs(String type, String state) {
    life.with(CUSTOMER.orderPlaced("o", 900), event(5, type, order("o")));

    assertThat(life.snapshot().currentActivity().orders().get(0).state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"order.delivered, 1", "order.cancelled, 0", "order.returned, 0"})
  void anOrderThatIsOverIsNoLongerUnderWay(String type, int bought) {
    life.with(CUSTOMER.orderPlaced("o", 900), event(5, type, order("o")));

    assertThat(life.snapshot().currentActivity().orders()).isEmpty();
    assertThat(life.snapshot().value().orders()).isEqualTo(bought);
  }

  @Test
  void aCaseIsOpenUntilItIsResolvedAndOpenAgainWhenReopened() {
    life.with(
        event(0, "case.opened", aCase().put("topic", "delivery").put("priority", "normal")),
        event(5, "case.updated", aCase().put("priority", "high")));
    Snapshot.Case open = life.snapshot().currentActivity().cases().get(0);
    assertThat(open.state()).isEqualTo("open");
    assertThat(open.topic()).isEqualTo("delivery");
    assertThat(open.priority()).isEqualTo("high");
    assertThat(open.updatedAt()).isEqualTo(START.plus(Duration.ofMinutes(5)));

    life.with(event(10, "case.resolved", aCase()));
    assertThat(life.snapshot().currentActivity().cases()).isEmpty();

    life.with(event(15, "case.reopened", aCase()));
    assertThat(life.snapshot().currentActivity().cases().get(0).state()).isEqualTo("reopened");
  }

  @ParameterizedTest
  @CsvSource({"survey.answered, csat", "review.posted, csat", "social.posted, nps"})
  void aScoreIsKeptWithItsMean(String type, String metric) {
    life.with(
        event(0, type, data().put("metric", metric).put("score", 9)),
        event(5, type, data().put("metric", metric).put("score", 10).put("comment", "عالی")));

    Snapshot.Survey survey = life.snapshot().history().surveys().get(metric);
    assertThat(survey.last()).isEqualTo(10);
    assertThat(survey.mean()).as("(9 + 10) / 2").isEqualTo(9.5);
    assertThat(survey.count()).isEqualTo(2);
  }

  @Test
  void effortIsAMetricLikeTheOthers() {
    life.with(event(0, "survey.answered", data().put("metric", "CES").put("score", 2)));

    assertThat(life.snapshot().history().surveys().get("ces").last()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "campaign.sent, sent",
    "campaign.opened, opened",
    "campaign.clicked, clicked",
    "campaign.unsubscribed, unsubscribed"
  })
  void aCampaignShowsHowFarTheCustomerWent(String type, String state) {
    life.with(
        event(0, "campaign.sent", data().put("campaignId", "spring").put("channel", "sms")),
        event(5, type, data().put("campaignId", "spring").put("channel", "sms")));

    assertThat(life.snapshot().history().campaigns().get(0).state()).isEqualTo(state);
  }

  @Test
  void whoUnsubscribesNoLongerConsentsOnThatChannel() {
    life.with(
        event(0, "campaign.unsubscribed", data().put("campaignId", "s").put("channel", "sms")));

    assertThat(life.snapshot().identity().consents())
        .containsExactly(new Snapshot.Consent("marketing", "sms", false, START));
  }

  @ParameterizedTest
  @CsvSource({
    "offer.presented, presented",
    "offer.accepted, accepted",
    "offer.declined, declined",
    "offer.expired, expired"
  })
  void anOfferShowsWhatCameOfIt(String type, String state) {
    life.with(
        event(0, "offer.presented", data().put("offerId", "free").put("alertId", "a-1")),
        event(5, type, data().put("offerId", "free").put("value", 12.5)));

    Snapshot.Offer offer = life.snapshot().history().offers().get(0);
    assertThat(offer.state()).isEqualTo(state);
    assertThat(offer.alertId()).isEqualTo("a-1");
    assertThat(offer.value()).isEqualByComparingTo("12.5");
  }

  @Test
  void loyaltyGivesTierAndPoints() {
    life.with(
        event(0, "loyalty.joined", data().put("tier", "silver")),
        event(1, "loyalty.points_changed", data().put("delta", 40)),
        event(2, "loyalty.points_changed", data().put("delta", -15)));
    assertThat(life.snapshot().value().points()).as("40 - 15").isEqualByComparingTo("25");

    life.with(
        event(3, "loyalty.points_changed", data().put("delta", 5).put("balance", 130)),
        event(4, "loyalty.tier_changed", data().put("tier", "gold")));

    assertThat(life.snapshot().value().points()).as("as stated").isEqualByComparingTo("130");
    assertThat(life.snapshot().value().tier()).isEqualTo("gold");
    assertThat(life.flags()).containsExactly(FlagCode.VIP);
    assertThat(life.alerts).as("nobody is alerted of a standing").isEmpty();
  }

  @Test
  void theProfileHasWhatTheCrmSaid() {
    ObjectNode update = data();
    update.putObject("attributes").put("name", "سارا").put("city", "Tehran");
    life.with(event(0, "profile.updated", update));

    assertThat(life.snapshot().identity().attributes())
        .containsEntry("name", "سارا")
        .containsEntry("city", "Tehran");
  }

  @ParameterizedTest
  @CsvSource({"identity.linked", "identity.merged", "identity.split", "something.unheard_of"})
  void whatIsNotTheCustomersToInterpretStillStandsInTheJourney(String type) {
    life.with(event(0, type, data()));

    assertThat(life.snapshot().history().journey().get(0).type()).isEqualTo(type);
  }

  @Test
  void aLinkedIdentifierIsTheCustomers() {
    ObjectNode link = data();
    link.putObject("identifiers").put("phone", "021 1234 5678").put("email", "A@b.ir");
    life.with(event(0, "identity.linked", link));

    assertThat(life.snapshot().identity().identifiers())
        .containsEntry("phone", List.of("+982112345678"))
        .containsEntry("email", List.of("a@b.ir"));
    assertThat(life.snapshot().identity().asOf()).isEqualTo(START);
  }

  @Test
  void whatIsSplitOffIsNotTheCustomers() {
    ObjectNode split = data();
    split.putObject("identifiers").put("phone", "+982112345678");
    life.with(event(0, "identity.split", split));

    assertThat(life.snapshot().identity().identifiers()).isEmpty();
  }

  @Test
  void anErasedCustomerHasNoSnapshotAnyMore() {
    life.with(CUSTOMER.call("k"), event(5, EventTypes.CUSTOMER_ERASED, data()));

    assertThat(life.lastChanges().isGone()).isTrue();
    assertThat(life.snapshot().history().contacts()).isEmpty();
  }

  @Test
  void failedAuthenticationsAreCountedAndASuccessStandsInTheJourney() {
    life.with(
        event(0, "auth.failed", data().put("method", "otp")),
        event(1, "auth.succeeded", data().put("method", "otp")));

    assertThat(life.snapshot().history().counts().get("auth.failed")).containsEntry("24h", 1);
    assertThat(life.snapshot().history().journey().get(0).type()).isEqualTo("auth.succeeded");
    assertThat(life.flags()).isEmpty();
  }

  @Test
  void theNewestWordOnAConsentStands() {
    life.with(
        consent(5, false), consent(1, true), event(2, "consent.changed", data().put("x", "y")));

    assertThat(life.snapshot().identity().consents())
        .containsExactly(
            new Snapshot.Consent("profiling", null, false, START.plus(Duration.ofMinutes(5))));
  }

  @Test
  void aRelationshipHoldsUntilItEnds() {
    ObjectNode household = data().put("customer", "C-7").put("kind", "household");
    life.with(event(0, "relationship.linked", household));
    assertThat(life.snapshot().relationships())
        .containsExactly(new Snapshot.Relationship("C-7", "household", null, START));

    life.with(event(5, "relationship.ended", household));

    assertThat(life.snapshot().relationships()).isEmpty();
  }

  @Test
  void aRelationshipToldFromTheOtherEndIsInverseUntilItIsToldFromThisOne() {
    ObjectNode there = data().put("customer", "C-7").put("kind", "employer").put("inverse", true);
    life.with(event(0, "relationship.linked", there));
    assertThat(life.snapshot().relationships())
        .containsExactly(new Snapshot.Relationship("C-7", "employer", true, START));

    life.with(
        event(5, "relationship.linked", data().put("customer", "C-7").put("kind", "employer")));

    assertThat(life.snapshot().relationships())
        .containsExactly(
            new Snapshot.Relationship("C-7", "employer", null, START.plus(Duration.ofMinutes(5))));
  }

  @Test
  void everyFlagHasItsRuleInBothLanguages() {
    for (FlagCode code : FlagCode.values()) {
      BuiltInRules.Rule rule = BuiltInRules.of(code);
      assertThat(rule.title().fa()).as(code.name()).isNotBlank();
      assertThat(List.of(rule.title().en(), rule.advice().en(), rule.advice().fa()))
          .as(code.name())
          .noneMatch(String::isBlank);
      assertThat(rule.alerts()).as(code.name()).isEqualTo(code != FlagCode.VIP);
    }
  }

  private static Event callback(int minute, int dueMinute) {
    return event(
        minute,
        EventTypes.CALLBACK_REQUESTED,
        data()
            .put("contactId", "k")
            .put("dueAt", START.plus(Duration.ofMinutes(dueMinute)).toString()));
  }

  private static Event consent(int minute, boolean granted) {
    return event(
        minute,
        EventTypes.CONSENT_CHANGED,
        data().put("purpose", "profiling").put("granted", granted));
  }

  private static ObjectNode order(String orderId) {
    return data().put("orderId", orderId);
  }

  private static ObjectNode aCase() {
    return data().put("caseId", "case-1");
  }

  private static Event event(int minute, String type, ObjectNode data) {
    return CUSTOMER
        .after(Duration.ofMinutes(minute))
        .event(type + "@" + minute, type, data.deepCopy());
  }
}
