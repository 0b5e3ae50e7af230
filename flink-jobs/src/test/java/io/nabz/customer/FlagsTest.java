package io.nabz.customer;

import static io.nabz.model.AlertState.OPEN;
import static io.nabz.model.AlertState.RETRACTED;
import static io.nabz.model.FlagCode.CALLBACK_MISSED;
import static io.nabz.model.FlagCode.CHANNEL_HOPPING;
import static io.nabz.model.FlagCode.CHURN_RISK;
import static io.nabz.model.FlagCode.DELIVERY_LATE;
import static io.nabz.model.FlagCode.DETRACTOR;
import static io.nabz.model.FlagCode.FRAUD_RISK;
import static io.nabz.model.FlagCode.PAYMENT_FAILED;
import static io.nabz.model.FlagCode.SELF_SERVICE_FAILED;
import static io.nabz.model.FlagCode.SENTIMENT_FALLING;
import static io.nabz.model.FlagCode.UNRESOLVED_CASE;
import static io.nabz.model.FlagCode.VIP;
import static io.nabz.testkit.Events.START;
import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.FlagCode;
import io.nabz.model.Snapshot;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When each flag begins, why, and when it ends. */
class FlagsTest {
  private static final Events CUSTOMER = Events.of("C-1");
  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;

  private final Life life = new Life();

  @Test
  void aCaseThatIsOpenForADayIsUnresolvedUntilItIsResolved() {
    life.with(event(0, "case.opened", data().put("caseId", "c")));
    assertThat(life.until(minutes(DAY).minusMillis(1)).flags()).isEmpty();

    life.until(minutes(DAY));
    assertThat(flag(UNRESOLVED_CASE).since()).isEqualTo(START.plus(minutes(DAY)));
    assertThat(flag(UNRESOLVED_CASE).evidence()).containsExactly("case.opened@0");
    assertThat(life.alerts(UNRESOLVED_CASE, OPEN)).hasSize(1);

    life.with(event(2 * DAY, "case.resolved", data().put("caseId", "c")));
    assertThat(life.flags()).isEmpty();
    assertThat(life.alerts(UNRESOLVED_CASE, RETRACTED)).isEmpty();
  }

  @Test
  void aReopenedCaseIsUnresolvedAtOnce() {
    life.with(
        event(0, "case.opened", data().put("caseId", "c")),
        event(5, "case.resolved", data().put("caseId", "c")),
        event(9, "case.reopened", data().put("caseId", "c")));

    assertThat(flag(UNRESOLVED_CASE).since()).isEqualTo(at(9));
    assertThat(flag(UNRESOLVED_CASE).evidence()).containsExactly("case.reopened@9");
  }

  @Test
  void aResolutionThatArrivesLateTakesTheAlertBack() {
    life.with(event(0, "case.opened", data().put("caseId", "c"))).until(minutes(DAY));

    life.with(event(HOUR, "case.resolved", data().put("caseId", "c")));

    assertThat(life.flags()).isEmpty();
    assertThat(life.alerts(UNRESOLVED_CASE, RETRACTED))
        .isEqualTo(life.alerts(UNRESOLVED_CASE, OPEN))
        .hasSize(1);
  }

  @Test
  void failedSelfServiceHoldsUntilTheSameTaskSucceeds() {
    life.with(
        event(0, "selfservice.failed", data().put("task", "pay")),
        event(1, "selfservice.succeeded", data().put("task", "look")));
    assertThat(life.flags()).containsExactly(SELF_SERVICE_FAILED);
    assertThat(flag(SELF_SERVICE_FAILED).until()).isEqualTo(at(DAY));

    life.with(event(2, "selfservice.succeeded", data().put("task", "pay")));

    assertThat(life.flags()).isEmpty();
  }

  @Test
  void failedSelfServiceEndsByItselfAfterADay() {
    life.with(event(0, "selfservice.failed", data().put("task", "pay")));

    assertThat(life.until(minutes(DAY).minusMillis(1)).flags()).isNotEmpty();
    assertThat(life.until(minutes(DAY)).flags()).isEmpty();
  }

  @Test
  void anOrderMakesAFailedPaymentGood() {
    life.with(event(0, "payment.failed", data()), event(1, "payment.failed", data()));
    assertThat(flag(PAYMENT_FAILED).since()).isEqualTo(START);
    assertThat(flag(PAYMENT_FAILED).evidence())
        .containsExactly("payment.failed@0", "payment.failed@1");
    assertThat(life.alerts(PAYMENT_FAILED, OPEN)).as("one trouble").hasSize(1);

    life.with(CUSTOMER.after(minutes(5)).orderPlaced("o", 10));

    assertThat(life.flags()).isEmpty();
  }

  @Test
  void timeAloneNoticesThatADeliveryIsLate() {
    life.with(promised(0, 2 * HOUR));
    assertThat(life.until(minutes(2 * HOUR).minusMillis(1)).flags()).isEmpty();

    life.until(minutes(2 * HOUR));

    assertThat(life.flags()).containsExactly(DELIVERY_LATE);
    assertThat(flag(DELIVERY_LATE).evidence()).containsExactly("order.placed@0");
    assertThat(life.snapshot().actions().likelyReasons().get(0).reason()).isEqualTo("delivery");
    assertThat(life.snapshot().actions().suggestedQueue()).isEqualTo("delivery");
    assertThat(life.snapshot().actions().nextBestActions())
        .containsExactly("give_new_delivery_date");
  }

  @Test
  void aDeliveryInTimeThatIsToldLateTakesTheAlertBack() {
    life.with(promised(0, 2 * HOUR)).until(minutes(3 * HOUR));

    life.with(event(HOUR, "order.delivered", data().put("orderId", "o")));

    assertThat(life.flags()).isEmpty();
    assertThat(life.alerts(DELIVERY_LATE, RETRACTED)).hasSize(1);
  }

  @Test
  void anAnnouncedDelayIsLateAtOnceAndALateDeliveryEndsIt() {
    ObjectNode later = data().put("orderId", "o").put("promisedAt", at(9 * HOUR).toString());
    life.with(promised(0, 2 * HOUR), event(HOUR, "order.delayed", later));
    assertThat(flag(DELIVERY_LATE).since()).isEqualTo(at(HOUR));

    life.with(event(3 * HOUR, "order.delivered", data().put("orderId", "o")));

    assertThat(life.flags()).isEmpty();
    assertThat(life.alerts(DELIVERY_LATE, RETRACTED)).isEmpty();
  }

  @Test
  void aNewPromiseBeforeTheOldOneHasPassedCounts() {
    ObjectNode sooner = data().put("orderId", "o").put("promisedAt", at(5 * HOUR).toString());
    life.with(promised(0, 2 * HOUR), event(HOUR, "order.shipped", sooner));

    assertThat(life.until(minutes(4 * HOUR)).flags()).isEmpty();
    assertThat(life.until(minutes(5 * HOUR)).flags()).containsExactly(DELIVERY_LATE);
  }

  @Test
  void aPromiseForTheEndOfTimeIsNoPromise() {
    ObjectNode absurd = data().put("orderId", "o").put("promisedAt", "+292278994-08-17T07:12:55Z");
    life.with(event(0, "order.placed", absurd));

    assertThat(life.snapshot().currentActivity().orders().get(0).promisedAt()).isNull();
  }

  @Test
  void absurdSumsDoNoHarm() {
    life.with(
        event(0, "order.placed", absurdOrder("a", "99999999999999999999999999999999")),
        event(1, "order.placed", absurdOrder("b", "0.00000000000000000000000000000001")),
        event(2, "order.placed", absurdOrder("c", "1")));

    assertThat(life.snapshot().value().orders()).isEqualTo(3);
  }

  @Test
  void anOrderOfWhichNothingIsHeardIsForgottenInTheEnd() {
    life.with(promised(0, 2 * HOUR)).until(minutes(2 * HOUR).plusDays(60));

    assertThat(life.flags()).isEmpty();
    assertThat(life.snapshot().currentActivity().orders()).isEmpty();
  }

  @Test
  void aCallbackIsMissedWhenItIsDueAndNotMade() {
    life.with(callback());
    assertThat(life.until(minutes(HOUR).minusMillis(1)).flags()).isEmpty();

    life.until(minutes(HOUR));
    assertThat(life.flags()).containsExactly(CALLBACK_MISSED);
    assertThat(life.snapshot().currentActivity().callbacks().get(0).state()).isEqualTo("missed");

    life.with(event(2 * HOUR, "callback.completed", data().put("contactId", "k")));
    assertThat(life.flags()).isEmpty();
    assertThat(life.alerts(CALLBACK_MISSED, RETRACTED)).as("it had been missed").isEmpty();
  }

  @Test
  void aCallbackMadeInTimeButToldLateWasNotMissed() {
    life.with(callback()).until(minutes(HOUR));

    life.with(event(30, "callback.completed", data().put("contactId", "k")));

    assertThat(life.alerts(CALLBACK_MISSED, RETRACTED)).hasSize(1);
  }

  @Test
  void oneMatterOnThreeChannelsWithinADayIsHopping() {
    life.with(contact(0, "chat"), contact(HOUR, "email"));
    assertThat(life.flags()).isEmpty();

    life.with(contact(2 * HOUR, "voice"));
    assertThat(life.flags()).containsExactly(CHANNEL_HOPPING);
    assertThat(flag(CHANNEL_HOPPING).evidence()).hasSize(3);

    assertThat(life.until(minutes(DAY)).flags()).containsExactly(CHANNEL_HOPPING);
    assertThat(life.until(minutes(DAY).plusMillis(1)).flags()).isEmpty();
  }

  @Test
  void threeMattersOnThreeChannelsAreNotHopping() {
    life.with(
        contact(0, "chat", "bill"), contact(1, "email", "delivery"), contact(2, "voice", "login"));

    assertThat(life.flags()).doesNotContain(CHANNEL_HOPPING);
  }

  @Test
  void threeFailedAuthenticationsWithinTheHourAreARisk() {
    life.with(login(0), login(HOUR + 1), login(HOUR + 2));
    assertThat(life.flags()).isEmpty();

    life.with(login(HOUR + 3));

    assertThat(life.flags()).containsExactly(FRAUD_RISK);
    assertThat(flag(FRAUD_RISK).evidence()).hasSize(3);
    assertThat(life.until(minutes(DAY + HOUR + 3)).flags()).isEmpty();
  }

  @Test
  void aHighOrderFromANewDeviceIsARiskAndFromAnOldOneIsNot() {
    life.with(order(0, "a", 100, "old"), order(1, "b", 100, "old"));

    life.with(order(2 * DAY, "c", 301, "old"));
    assertThat(life.flags()).isEmpty();

    life.with(order(3 * DAY, "d", 600, "new"));
    // (100 + 100 + 301) / 3 x 3 = 501
    assertThat(life.flags()).containsExactly(FRAUD_RISK);
    assertThat(flag(FRAUD_RISK).evidence()).containsExactly("order.placed@" + 3 * DAY);
  }

  @Test
  void aLowScoreMakesADetractorUntilABetterOne() {
    life.with(event(0, "survey.answered", data().put("metric", "nps").put("score", 6)));
    assertThat(life.flags()).containsExactly(DETRACTOR);

    life.with(event(1, "survey.answered", data().put("metric", "nps").put("score", 7)));
    assertThat(life.flags()).isEmpty();
  }

  @Test
  void aDetractorIsOneForNinetyDays() {
    life.with(event(0, "survey.answered", data().put("metric", "nps").put("score", 0)));

    assertThat(life.until(minutes(90 * DAY).minusMillis(1)).flags()).isNotEmpty();
    assertThat(life.until(minutes(90 * DAY)).flags()).isEmpty();
  }

  @Test
  void aMoodThatSinksBelowZeroIsFalling() {
    life.with(message(0, 0.5), message(1, 0.3));
    assertThat(life.snapshot().sentiment().trend()).as("two signs are no trend").isNull();

    life.with(message(2, -0.1), message(3, -0.3));

    assertThat(life.snapshot().sentiment().trend()).isEqualTo("falling");
    assertThat(life.flags()).containsExactly(SENTIMENT_FALLING);
    assertThat(life.with(message(4, 0.8), message(5, 0.9)).snapshot().sentiment().trend())
        .isEqualTo("rising");
    assertThat(life.flags()).isEmpty();
  }

  @Test
  void aMoodThatSinksFromVeryGoodToGoodWorriesNobody() {
    life.with(message(0, 0.9), message(1, 0.9), message(2, 0.4), message(3, 0.3));

    assertThat(life.snapshot().sentiment().trend()).isEqualTo("falling");
    assertThat(life.flags()).isEmpty();
  }

  @Test
  void reasonsToLeaveAddUpToAChurnRisk() {
    life.with(event(0, "survey.answered", data().put("metric", "nps").put("score", 2)));
    assertThat(life.snapshot().actions().churnRisk()).isEqualTo(0.3);

    life.with(contact(5, "chat", "cancel-contract"));

    // 1 - (1 - 0.3) x (1 - 0.45) = 0.615
    assertThat(life.snapshot().actions().churnRisk()).isEqualTo(0.62);
    assertThat(flag(CHURN_RISK).since()).isEqualTo(at(5));
    assertThat(flag(CHURN_RISK).evidence()).hasSize(2);
    assertThat(life.snapshot().history().stage()).isEqualTo("leave");
  }

  @Test
  void spendMakesAVipToo() {
    life.with(CUSTOMER.orderPlaced("o", 2_000_000_000), order(1, "p", 2_000_000_000, "d"));
    assertThat(life.flags()).isEmpty();

    life.with(order(2, "q", 2_000_000_000, "d"));

    assertThat(life.flags()).containsExactly(VIP);
  }

  @Test
  void likelyReasonsNeverSumToMoreThanOne() {
    life.with(
        promised(0, 1),
        event(1, "payment.failed", data()),
        event(2, "selfservice.failed", data().put("task", "t")),
        event(3, "case.opened", data().put("caseId", "c").put("topic", "billing")),
        contact(4, "chat", "login"),
        callback());
    life.until(minutes(2 * HOUR));

    assertThat(
            life.snapshot().actions().likelyReasons().stream()
                .mapToDouble(Snapshot.LikelyReason::probability)
                .sum())
        .isBetween(0.5, 1.0);
  }

  private Snapshot.Flag flag(FlagCode code) {
    return life.snapshot().flags().stream().filter(f -> f.code() == code).findFirst().orElseThrow();
  }

  private static Event promised(int minute, int promisedMinute) {
    return event(
        minute,
        "order.placed",
        data()
            .put("orderId", "o")
            .put("total", 5)
            .put("currency", "IRR")
            .put("promisedAt", at(promisedMinute).toString()));
  }

  private static Event order(int minute, String orderId, int total, String device) {
    ObjectNode order = data().put("orderId", orderId).put("total", total).put("currency", "IRR");
    order.putObject("identifiers").put("deviceId", device);
    return event(minute, "order.placed", order);
  }

  private static ObjectNode absurdOrder(String orderId, String total) {
    return data().put("orderId", orderId).put("total", total).put("currency", "IRR");
  }

  private static Event callback() {
    return event(
        0, "callback.requested", data().put("contactId", "k").put("dueAt", at(HOUR).toString()));
  }

  private static Event login(int minute) {
    return event(minute, "auth.failed", data().put("method", "otp"));
  }

  private static Event contact(int minute, String channel) {
    return contact(minute, channel, "delivery");
  }

  private static Event contact(int minute, String channel, String topic) {
    return event(
        minute,
        "contact.initiated",
        data().put("contactId", "k-" + minute).put("channel", channel).put("topic", topic));
  }

  private static Event message(int minute, double sentiment) {
    return CUSTOMER.after(minutes(minute)).message("m-" + minute, "text", sentiment);
  }

  private static Event event(int minute, String type, ObjectNode data) {
    return CUSTOMER.after(minutes(minute)).event(type + "@" + minute, type, data.deepCopy());
  }

  private static Instant at(int minute) {
    return START.plus(minutes(minute));
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }
}
