package io.nabz.api.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.api.OfferSamples;
import io.nabz.api.Samples;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Json;
import io.nabz.model.Redirect;
import io.nabz.model.SuppressionReason;
import io.nabz.model.Topic;
import io.nabz.model.TouchpointGone;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfferViewTest {
  private static final Instant DUE = Samples.TEN;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant TWO_HOURS_LATER = DUE.plus(HOUR).plus(HOUR);
  private static final OfferQuery WITHIN_AN_HOUR = new OfferQuery(null, null, HOUR);

  @TempDir Path dir;
  private ViewStore store;
  private long offset;

  @BeforeEach
  void open() {
    store = ViewStore.open(dir, Clock.fixed(TWO_HOURS_LATER, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theDifferenceBetweenExposedAndHeldOutIsFoundWithItsInterval() {
    for (int i = 0; i < 70; i++) {
      due("x" + i, false);
      order("x" + i, i < 56 ? DUE.plusSeconds(60) : DUE.plus(HOUR).plusMillis(1));
    }
    for (int i = 0; i < 80; i++) {
      due("h" + i, true);
      order("h" + i, i < 48 ? DUE.plus(HOUR) : DUE.minusSeconds(1));
    }

    Offers.Item item = only(WITHIN_AN_HOUR);

    assertThat(item.offerId()).isEqualTo("free-delivery");
    assertThat(item.ruleIds()).containsExactly("cart-left");
    assertThat(item.exposed()).isEqualTo(new Offers.Group(70, 0, 56, 0.8));
    assertThat(item.heldOut()).isEqualTo(new Offers.Group(80, 0, 48, 0.6));
    // Newcombe 1998, method 10, has 0.0524 to 0.3339 for 56/70 and 48/80; 0.2 / 0.6 = 0.3333.
    assertThat(item.uplift()).isEqualTo(new Offers.Uplift(0.2, 0.0524, 0.3339, 0.3333, true));
  }

  @Test
  void ofAHandfulNothingIsClear() {
    for (int i = 0; i < 9; i++) {
      due("C-" + i, false);
      order("C-" + i, DUE.plusSeconds(60));
      due("H-" + i, true);
    }

    Offers.Uplift uplift = only(WITHIN_AN_HOUR).uplift();
    assertThat(uplift.low()).isPositive();
    assertThat(uplift.clear()).isFalse();
  }

  @Test
  void aCustomerCountsOnceFromTheFirstTimeInThePeriod() {
    alert(OfferSamples.due("a", "C-1", false, DUE));
    alert(OfferSamples.due("b", "C-1", false, DUE.plus(HOUR)));
    order("C-1", DUE.plus(HOUR).plusSeconds(1));
    assertThat(only(WITHIN_AN_HOUR).exposed()).isEqualTo(new Offers.Group(1, 0, 0, 0.0));
    assertThat(only(new OfferQuery(DUE.plusSeconds(1), null, HOUR)).exposed())
        .as("the second time is the first one of this period, and runs no more once ordered")
        .isEqualTo(new Offers.Group(1, 0, 1, 1.0));
    assertThat(store.offers("default", new OfferQuery(null, DUE, HOUR)).items()).isEmpty();
    assertThat(store.offers("other", WITHIN_AN_HOUR).items()).isEmpty();
  }

  @Test
  void whoWasRefusedForAnotherReasonOrHadItTakenBackIsInNeitherGroup() {
    due("C-1", false);
    Alert refused = OfferSamples.due("r", "C-2", true, DUE);
    alert(refused.suppressed(new Alert.Suppression(SuppressionReason.NO_CONSENT, null, null)));
    alert(OfferSamples.due("t", "C-3", false, DUE));
    alert(OfferSamples.due("u", "C-4", true, DUE));
    assertThat(only(WITHIN_AN_HOUR).heldOut().customers()).isEqualTo(1);

    alert(Samples.in(AlertState.RETRACTED, OfferSamples.due("t", "C-3", false, DUE)));
    alert(Samples.in(AlertState.RETRACTED, OfferSamples.due("u", "C-4", true, DUE)));

    assertThat(only(WITHIN_AN_HOUR).exposed().customers()).isEqualTo(1);
    assertThat(only(WITHIN_AN_HOUR).heldOut()).isEqualTo(new Offers.Group(0, 0, 0, null));
    assertThat(only(WITHIN_AN_HOUR).uplift()).as("there is nothing to compare with").isNull();
  }

  @Test
  void thoseWhoseWindowHasNotEndedAreCountedAsRunning() {
    due("C-1", false);
    due("C-2", false);
    order("C-2", DUE.plusSeconds(1));
    assertThat(only(new OfferQuery(null, null, Duration.ofDays(7))).exposed())
        .isEqualTo(new Offers.Group(2, 1, 1, 0.5));
  }

  @Test
  void ordersFollowWhomTheCustomerTurnsOutToBeAndGoWithAnErasure() {
    alert(OfferSamples.due("a", "~visitor", false, DUE));
    order("C-1", DUE.plusSeconds(1));
    apply(
        Topic.SNAPSHOTS,
        "default/~visitor",
        Json.bytes(new Redirect("~visitor", 9, DUE.plusSeconds(2), "C-1")));
    assertThat(only(WITHIN_AN_HOUR).exposed().conversions()).isEqualTo(1);

    apply(Topic.TIMELINE, "default/C-1", null);
    assertThat(only(WITHIN_AN_HOUR).exposed().conversions()).isZero();
    apply(Topic.ALERTS, "default/~visitor", null);
    assertThat(store.offers("default", WITHIN_AN_HOUR).items()).isEmpty();
  }

  @Test
  void anOrderThatTurnsOutToBeSomebodyElsesNoLongerCounts() {
    due("C-1", false);
    order("C-1", DUE.plusSeconds(1));
    assertThat(only(WITHIN_AN_HOUR).exposed().conversions()).isEqualTo(1);
    apply(
        Topic.TIMELINE,
        "default/C-1",
        Json.bytes(new TouchpointGone("order-C-1", DUE.plusSeconds(1), true)));
    assertThat(only(WITHIN_AN_HOUR).exposed().conversions()).isZero();
  }

  @Test
  void aWindowOrPeriodThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new OfferQuery(null, null, Duration.ofDays(91)))
        .hasMessageContaining("1m to 90d");
    assertThatThrownBy(() -> new OfferQuery(DUE, DUE, HOUR)).hasMessageContaining("before to");
  }

  private Offers.Item only(OfferQuery query) {
    List<Offers.Item> items = store.offers("default", query).items();
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  private void due(String customer, boolean heldOut) {
    alert(OfferSamples.due("due-" + customer, customer, heldOut, DUE));
  }

  private void alert(Alert alert) {
    apply(Topic.ALERTS, "default/" + alert.customerId(), Json.bytes(alert));
  }

  private void order(String customer, Instant at) {
    byte[] order = Json.bytes(OfferSamples.order("order-" + customer, at));
    apply(Topic.TIMELINE, "default/" + customer, order);
  }

  private void apply(Topic topic, String key, byte[] value) {
    store.apply(List.of(new ViewRecord(topic, 0, offset++, key.getBytes(UTF_8), value)));
  }
}
