package io.nabz.identity;

import static io.nabz.testkit.Events.START;
import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Snapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What identity promises, one promise a test, over all stages in one process. */
class IdentityTest extends IdentityScene {
  @Test
  void anEventWithAKnownPhoneIsTheCustomers() {
    stages.with(linked(0, "C-1", "phone", "021-12345678"), call(1, null, "phone", PHONE));

    assertThat(seen("C-1")).isEqualTo(2);
    assertThat(stages.customer(CALLER)).as("nobody was ever told of a provisional one").isNull();
  }

  @Test
  void whatAVisitorDidBeforeBeingKnownIsTheCustomersWithItsOwnTimes() throws Exception {
    stages.with(
        cart(0, "tea", "d-1"),
        cart(1, "cup", "d-1"),
        linked(9, "C-1", "deviceId", "d-1"),
        cart(10, "pot", "d-1"));

    Snapshot.Cart cart = snapshot("C-1").currentActivity().cart();
    assertThat(cart.items()).hasSize(3);
    assertThat(cart.since()).isEqualTo(START.plus(Duration.ofMinutes(10)));
    assertThat(seen("C-1")).isEqualTo(4);
    assertThat(redirect(VISITOR)).isEqualTo("default/C-1");
    assertThat(seen(VISITOR)).isZero();
  }

  @Test
  void theThirdCallIsTheThirdWhetherTheCallerWasKnownOrNot() throws Exception {
    stages.with(
        call(0, null, "phone", PHONE),
        call(5, null, "phone", PHONE),
        linked(8, "C-1", "phone", PHONE),
        call(9, "C-1", "phone", PHONE));

    assertThat(snapshot("C-1").flags())
        .extracting(flag -> flag.code().name())
        .containsExactly("REPEAT_CALLER");
    assertThat(alerts("C-1", AlertState.OPEN)).hasSize(1);
  }

  @Test
  void anAlertOfAVisitorIsTakenBackForThatOfTheCustomer() {
    stages.with(
        call(0, null, "phone", PHONE),
        call(1, null, "phone", PHONE),
        call(2, null, "phone", PHONE));
    assertThat(alerts(CALLER, AlertState.OPEN)).hasSize(1);

    stages.with(linked(3, "C-1", "phone", PHONE));

    assertThat(alerts(CALLER, AlertState.RETRACTED)).isEqualTo(alerts(CALLER, AlertState.OPEN));
    assertThat(alerts("C-1", AlertState.OPEN)).hasSize(1);
  }

  @Test
  void aDeviceLeadsToThePhoneAndThePhoneToTheCustomer() {
    stages.with(
        page(0, null, "deviceId", "d-1"),
        event(1, EventTypes.IDENTITY_LINKED, null, both()),
        page(2, null, "deviceId", "d-1"));
    assertThat(seen(CALLER)).isEqualTo(3);
    assertThat(redirect(VISITOR)).isEqualTo("default/" + CALLER);

    stages.with(linked(3, "C-1", "phone", PHONE));

    assertThat(seen("C-1")).isEqualTo(4);
    assertThat(redirect(CALLER)).isEqualTo("default/C-1");
    assertThat(seen(CALLER)).isZero();
  }

  @Test
  void aSharedDeviceIsTheLastCustomersAndMergesNobody() {
    stages.with(
        page(0, "C-1", "deviceId", "d-1"),
        page(10, null, "deviceId", "d-1"),
        page(20, "C-2", "deviceId", "d-1"),
        page(30, null, "deviceId", "d-1"),
        page(31, null, "deviceId", "d-1"),
        page(40, "C-1", "deviceId", "d-1"),
        page(41, null, "deviceId", "d-1"));

    assertThat(seen("C-1")).as("own 2, anonymous 2").isEqualTo(4);
    assertThat(seen("C-2")).as("own 1, anonymous 2").isEqualTo(3);
  }

  @Test
  void aLateLoginTakesWhatItsTimeSaysAndNoMore() {
    stages.with(
        page(0, "C-1", "deviceId", "d-1"),
        page(10, null, "deviceId", "d-1"),
        page(30, null, "deviceId", "d-1"));
    assertThat(seen("C-1")).isEqualTo(3);

    stages.with(page(20, "C-2", "deviceId", "d-1"));

    assertThat(seen("C-1")).isEqualTo(2);
    assertThat(seen("C-2")).isEqualTo(2);
  }

  @Test
  void aSplitTakesBackWhatCameByTheIdentifier() throws Exception {
    stages.with(
        linked(0, "C-1", "phone", PHONE),
        call(1, "C-1"),
        call(2, null, "phone", PHONE),
        call(3, null, "phone", PHONE));
    assertThat(alerts("C-1", AlertState.OPEN)).hasSize(1);
    long version = snapshot("C-1").version();

    stages.with(event(4, EventTypes.IDENTITY_SPLIT, "C-1", splitOf("phone", PHONE)));

    assertThat(seen("C-1")).as("link, call, split").isEqualTo(3);
    assertThat(seen(CALLER)).isEqualTo(2);
    assertThat(snapshot("C-1").version()).isGreaterThan(version);
    assertThat(snapshot("C-1").identity().identifiers()).doesNotContainKey("phone");
    assertThat(alerts("C-1", AlertState.RETRACTED)).isEqualTo(alerts("C-1", AlertState.OPEN));

    stages.with(linked(5, "C-2", "phone", PHONE), call(6, null, "phone", PHONE));
    assertThat(seen("C-2")).as("link and three calls").isEqualTo(4);
    assertThat(redirect(CALLER)).isEqualTo("default/C-2");
  }

  @Test
  void aMergeJoinsTwoHistoriesAndItsSplitPartsThem() throws Exception {
    stages.with(
        call(0, "C-1"),
        call(1, "C-2"),
        linked(2, "C-2", "phone", PHONE),
        call(3, null, "phone", PHONE),
        event(4, EventTypes.IDENTITY_MERGED, "C-1", data().put("from", "C-2").put("into", "C-1")));
    assertThat(seen("C-1")).isEqualTo(5);
    assertThat(redirect("C-2")).isEqualTo("default/C-1");

    stages.with(call(5, "C-2"), call(6, null, "phone", PHONE));
    assertThat(seen("C-1")).isEqualTo(7);
    long version = snapshotVersion("C-2");

    stages.with(
        event(7, EventTypes.IDENTITY_SPLIT, "C-1", data().put("from", "C-2").put("into", "C-1")));

    assertThat(seen("C-1")).as("call, merge, split").isEqualTo(3);
    assertThat(seen("C-2")).as("link and four calls").isEqualTo(5);
    assertThat(snapshot("C-2").history().contacts()).hasSize(4);
    assertThat(snapshotVersion("C-2")).isGreaterThan(version);
  }

  @Test
  void mergesInACircleEndWhereTheNewestSays() {
    stages.with(call(0, "C-1"), call(0, "C-2"), call(0, "C-3"));
    stages.with(merge(1, "C-1", "C-2"), merge(2, "C-2", "C-3"), merge(3, "C-3", "C-1"));

    assertThat(seen("C-1")).as("three calls").isEqualTo(3);
    assertThat(redirect("C-2")).isEqualTo("default/C-1");
    assertThat(redirect("C-3")).isEqualTo("default/C-1");
  }

  @Test
  void aVisitorMergedByHandIsTheCustomerFromThenOn() {
    stages.with(
        page(0, null, "deviceId", "d-1"),
        merge(1, VISITOR, "C-1"),
        page(2, null, "deviceId", "d-1"),
        page(3, VISITOR));

    assertThat(seen("C-1")).isEqualTo(3);
    assertThat(redirect(VISITOR)).isEqualTo("default/C-1");
  }

  @Test
  void twoWhoAreOneOnlyByADifferentTenantAreTwo() {
    Event other =
        new Event("shop", "/t", "x", EventTypes.PAGE_VIEWED, START, null, withIds("phone", PHONE));

    stages.with(linked(0, "C-1", "phone", PHONE), other);

    assertThat(seen("C-1")).isEqualTo(1);
    assertThat(stages.customers.get("shop/" + CALLER).state.seen.size).isEqualTo(1);
  }

  @Test
  void aDuplicateChangesNothingBeforeOrAfterTheAttribution() {
    Event page = page(0, null, "deviceId", "d-1");
    Event login = page(5, "C-1", "deviceId", "d-1");

    stages.with(page, page, login, page, login, page);

    assertThat(stages.customer("C-1").state.appliedEvents).isEqualTo(2);
  }

  @Test
  void erasureClearsTheIdentifiersAndWhatCameByThem() {
    stages.with(
        page(0, null, "deviceId", "d-1"),
        page(1, "C-1", "deviceId", "d-1"),
        linked(2, "C-1", "phone", PHONE),
        call(3, null, "phone", PHONE),
        page(4, "C-2", "deviceId", "d-1"),
        page(5, null, "deviceId", "d-1"),
        event(6, EventTypes.CUSTOMER_ERASED, "C-1", data()));

    assertThat(seen("C-1")).isZero();
    Stages.Node<NodeState> phone = stages.strong.get("default/" + CALLER);
    assertThat(phone.events).isEmpty();
    assertThat(phone.state.claims).isEmpty();
    assertThat(stages.links.get("default/C-1").events).isEmpty();
    assertThat(stages.links.get("default/C-1").links.links).isEmpty();
    Stages.Node<NodeState> device = stages.weak.get("default/" + VISITOR);
    assertThat(device.events).as("what C-2 did is no part of it").hasSize(1);
    assertThat(seen("C-2")).isEqualTo(2);

    stages.with(call(7, null, "phone", PHONE));
    assertThat(seen("C-1")).isZero();
    assertThat(seen(CALLER)).isEqualTo(1);
  }

  @Test
  void erasureReachesAllThatWereMerged() {
    stages.with(
        call(0, "C-1"),
        call(1, "C-2"),
        merge(2, "C-2", "C-1"),
        call(3, "C-2"),
        event(4, EventTypes.CUSTOMER_ERASED, "C-1", data()));

    assertThat(seen("C-1")).isZero();
    assertThat(stages.links.get("default/C-2").events).isEmpty();
    assertThat(stages.customer("C-2").book.isEmpty()).isTrue();
  }
}
