package io.nabz.api.store;

import static io.nabz.api.Samples.TEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.Samples;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.Redirect;
import io.nabz.model.Snapshot;
import io.nabz.model.SuppressionReason;
import io.nabz.model.Topic;
import io.nabz.model.TouchpointGone;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewStoreTest {
  private static final Instant SEEN = TEN.plusSeconds(1);
  private static final CustomerKey SARA = new CustomerKey("default", "C-1");

  @TempDir Path dir;
  private ViewStore store;
  private long nextOffset;

  @BeforeEach
  void open() {
    store = ViewStore.open(dir, Clock.fixed(SEEN, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anOlderSnapshotDoesNotReplaceANewerOne() {
    assertThat(apply(snapshot("default", Samples.snapshot("C-1", 5))).snapshots()).hasSize(1);
    assertThat(apply(snapshot("default", Samples.snapshot("C-1", 4))).snapshots()).isEmpty();
    assertThat(store.snapshot(SARA)).hasValueSatisfying(s -> assertThat(s.version()).isEqualTo(5));
  }

  @Test
  void fieldsThatThisReaderDoesNotKnowPassThrough() {
    byte[] json =
        new String(Json.bytes(Samples.snapshot("C-1", 5)), UTF_8)
            .replaceFirst("\\{", "{\"news\":1,")
            .getBytes(UTF_8);
    apply(record(Topic.SNAPSHOTS, "default/C-1", json));
    assertThat(store.snapshot(SARA).orElseThrow().json()).isEqualTo(json);
  }

  @Test
  void oneTenantSeesNothingOfAnother() {
    apply(
        snapshot("shop", Samples.snapshot("C-1", 1)),
        alert("shop", Samples.alert("x", "C-1")),
        alert("shopping", Samples.alert("y", "C-1")));
    assertThat(store.snapshot(SARA)).isEmpty();
    assertThat(store.customerOf("default", "phone", "+982112345678")).isEmpty();
    assertThat(store.customerOf("shop", "phone", "+982112345678")).contains("C-1");
    assertThat(ids(store.alerts("shop", AlertQuery.ALL, 10, null))).containsExactly("x");
    assertThat(store.alerts("default", AlertQuery.ALL, 10, null).items()).isEmpty();
    assertThat(store.activity("default").totals().customers()).isZero();
  }

  @Test
  void anAlertAcrossCustomersIsListedAndIsNobodysToForget() {
    Alert across = Samples.acrossCustomers("x");
    String key = "default/~one-error-many-customers/abc";
    apply(
        record(Topic.ALERTS, key, Json.bytes(across)), alert("default", Samples.alert("y", "C-1")));
    assertThat(new String(Json.bytes(across), UTF_8)).doesNotContain("customerId");
    assertThat(ids(store.alerts("default", AlertQuery.ALL, 10, null))).containsExactly("y", "x");

    apply(record(Topic.ALERTS, "default/C-1", null));
    assertThat(ids(store.alerts("default", AlertQuery.ALL, 10, null))).containsExactly("x");
    ViewChanges back =
        apply(record(Topic.ALERTS, key, Json.bytes(Samples.in(AlertState.RETRACTED, across))));
    assertThat(back.alerts()).hasSize(1);
    AlertQuery ofSara = new AlertQuery(null, "C-1", null, null, null, null, null, null, null);
    assertThat(store.alerts("default", ofSara, 10, null).items()).isEmpty();
  }

  @Test
  void anAlertThatComesAgainIsNoNewsAndAChangedOneKeepsItsPlace() {
    Alert first = Samples.alert("a", "C-1");
    Position start = store.alertPosition();
    assertThat(apply(alert("default", first), alert("default", first)).alerts()).hasSize(1);
    apply(alert("default", Samples.alert("b", "C-1")));
    assertThat(apply(alert("default", first)).alerts()).isEmpty();
    ViewChanges changed = apply(alert("default", Samples.in(AlertState.RETRACTED, first)));
    assertThat(changed.alerts()).hasSize(1);

    AlertPage page = store.alerts("default", AlertQuery.ALL, 10, null);
    assertThat(ids(page)).containsExactly("b", "a");
    assertThat(page.items().get(1).alert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(page.items().get(1).alert().times().servedAt()).isEqualTo(SEEN);
    // In the log, "a" is only where it changed last.
    AlertChanges log = store.alertChanges("default", AlertQuery.ALL, start, 10, position -> null);
    assertThat(log.items()).extracting(c -> c.alert().alertId()).containsExactly("b", "a");
    assertThat(log.scannedTo()).isEqualTo(page.live());
  }

  @Test
  void whatTheArbiterHoldsBackIsThereOnlyForThoseWhoAskForIt() {
    Alert heldBack =
        Samples.alert("held", "C-1")
            .suppressed(new Alert.Suppression(SuppressionReason.QUIET_HOURS, null, TEN));
    Position start = store.alertPosition();
    apply(alert("default", heldBack), alert("default", Samples.alert("a", "C-1")));

    AlertQuery refusals =
        new AlertQuery(null, null, null, null, null, null, AlertState.SUPPRESSED, null, null);
    assertThat(ids(store.alerts("default", AlertQuery.ALL, 10, null))).containsExactly("a");
    assertThat(store.alertChanges("default", AlertQuery.ALL, start, 10, position -> null).items())
        .hasSize(1);
    AlertPage asked = store.alerts("default", refusals, 10, null);
    assertThat(ids(asked)).containsExactly("held");
    assertThat(asked.items().get(0).alert().suppression().reason())
        .isEqualTo(SuppressionReason.QUIET_HOURS);
    assertThat(asked.items().get(0).alert().suppression().until()).isEqualTo(TEN);
  }

  @Test
  void pagesAndFiltersGoThroughAllAlertsNewestFirst() {
    List<ViewRecord> records = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      records.add(alert("default", Samples.alert("a" + i, "C-" + i % 2)));
    }
    store.apply(records);
    AlertQuery ofOne = new AlertQuery(null, "C-1", null, null, null, null, null, null, null);
    for (AlertQuery query : List.of(AlertQuery.ALL, ofOne)) {
      List<String> seen = new ArrayList<>();
      Position next = null;
      do {
        AlertPage page = store.alerts("default", query, 4, next);
        seen.addAll(ids(page));
        next = page.next();
      } while (next != null);
      // C-1 has the odd ones of 0..24: twelve.
      assertThat(seen).hasSize(query == ofOne ? 12 : 25).doesNotHaveDuplicates();
      assertThat(seen.get(0)).isEqualTo(query == ofOne ? "a23" : "a24");
    }
    AlertQuery late =
        new AlertQuery(null, null, null, null, null, null, null, TEN.plusSeconds(1), null);
    assertThat(store.alerts("default", late, 10, null).items()).isEmpty();
  }

  @Test
  void theFloorFollowsTheSnapshotsAndCountsThem() {
    Snapshot.Contact queued = Samples.contact("k-1", ContactState.QUEUED, TEN);
    Snapshot.Contact over = Samples.contact("k-0", ContactState.ENDED, TEN);
    apply(
        snapshot(
            "default",
            Samples.snapshot(
                "C-1",
                1,
                List.of(queued, over),
                Samples.cart(CartState.ABANDONED, TEN),
                List.of())),
        snapshot(
            "default",
            Samples.snapshot(
                "C-2",
                1,
                List.of(Samples.contact("k-2", ContactState.CONNECTED, TEN.plusSeconds(9))),
                Samples.cart(CartState.OPEN, TEN),
                List.of())));
    Activity floor = store.activity("default");
    assertThat(floor.totals()).isEqualTo(new Activity.Totals(2, 1, 1, 1, 2));
    assertThat(floor.contacts())
        .extracting(Activity.Contact::contactId)
        .containsExactly("k-2", "k-1");
    assertThat(floor.carts().get(0).items()).isEqualTo(3);

    ViewChanges changes = apply(snapshot("default", Samples.snapshot("C-1", 2)));
    assertThat(changes.activity()).containsExactly("default");
    assertThat(store.activity("default").totals()).isEqualTo(new Activity.Totals(1, 0, 1, 0, 2));
    assertThat(apply(snapshot("default", Samples.snapshot("C-1", 3))).activity()).isEmpty();
  }

  @Test
  void aTombstoneForgetsTheCustomer() {
    Position start = store.alertPosition();
    apply(
        snapshot(
            "default",
            Samples.snapshot("C-1", 1, List.of(), Samples.cart(CartState.OPEN, TEN), List.of())),
        alert("default", Samples.alert("a", "C-1")),
        alert("default", Samples.alert("b", "C-2")));
    apply(record(Topic.SNAPSHOTS, "default/C-1", null), record(Topic.ALERTS, "default/C-1", null));
    assertThat(store.snapshot(SARA)).isEmpty();
    assertThat(store.customerOf("default", "phone", "+982112345678")).isEmpty();
    assertThat(store.activity("default").totals()).isEqualTo(new Activity.Totals(0, 0, 0, 0, 0));
    assertThat(ids(store.alerts("default", AlertQuery.ALL, 10, null))).containsExactly("b");
    assertThat(store.alertChanges("default", AlertQuery.ALL, start, 10, position -> null).items())
        .hasSize(1);
  }

  @Test
  void dataAndOffsetsSurviveTogether() {
    apply(alert("default", Samples.alert("a", "C-1")));
    Position before = store.alertPosition();
    store.close();
    open();
    assertThat(store.offset(Topic.ALERTS, 0)).hasValue(nextOffset);
    assertThat(store.offset(Topic.ALERTS, 1)).isEmpty();
    assertThat(store.knows(before)).isTrue();
    assertThat(ids(store.alerts("default", AlertQuery.ALL, 10, null))).containsExactly("a");
  }

  @Test
  void aRebuiltViewIsEmptyAndKnowsNoFormerPosition() {
    apply(
        snapshot("default", Samples.snapshot("C-1", 7)),
        alert("default", Samples.alert("a", "C-1")));
    Position before = store.alertPosition();
    store.rebuild(Topic.ALERTS);
    assertThat(store.knows(before)).isFalse();
    assertThat(store.alerts("default", AlertQuery.ALL, 10, null).items()).isEmpty();
    assertThat(store.offset(Topic.ALERTS, 0)).isEmpty();
    assertThat(store.snapshot(SARA)).isPresent();

    store.rebuild(Topic.SNAPSHOTS);
    assertThat(store.snapshot(SARA)).isEmpty();
    assertThat(store.activity("default").totals().customers()).isZero();
    apply(snapshot("default", Samples.snapshot("C-1", 1)));
    assertThat(store.snapshot(SARA).orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void whoeverTurnedOutToBeSomebodyElseHasNothingLeftButTheWayThere() {
    CustomerKey visitor = new CustomerKey("default", "~v");
    apply(snapshot("default", Samples.snapshot("~v", 5)));
    Redirect redirect = new Redirect("~v", 6, TEN, "C-1");
    apply(
        snapshot("default", Samples.snapshot("C-1", 1)),
        record(Topic.SNAPSHOTS, "default/~v", Json.bytes(redirect)));

    assertThat(store.snapshot(visitor).orElseThrow().redirectTo()).isEqualTo(SARA);
    assertThat(store.snapshot(SARA).orElseThrow().redirectTo()).isNull();
    assertThat(store.customerOf("default", "phone", "+982112345678")).contains("C-1");
    assertThat(store.activity("default").totals().customers()).isEqualTo(1);

    apply(snapshot("default", Samples.snapshot("~v", 5)));
    assertThat(store.snapshot(visitor).orElseThrow().version()).as("an old one").isEqualTo(6);
    apply(snapshot("default", Samples.snapshot("~v", 7)));
    assertThat(store.snapshot(visitor).orElseThrow().redirectTo()).as("split off").isNull();
    assertThat(store.activity("default").totals().customers()).isEqualTo(2);
  }

  @Test
  void whatRulesHaveUnderWayComesAndGoesWithTheSnapshot() {
    apply(underWay(5, new byte[] {1}));
    assertThat(store.underWay(SARA)).containsExactly(1);
    assertThat(store.snapshot(SARA).orElseThrow().json())
        .isEqualTo(Json.bytes(Samples.snapshot("C-1", 5)));

    apply(underWay(4, new byte[] {2}));
    assertThat(store.underWay(SARA)).as("of an older snapshot").containsExactly(1);
    apply(underWay(5, new byte[] {3}));
    assertThat(store.underWay(SARA)).as("time alone made it so").containsExactly(3);
    apply(underWay(6, null));
    assertThat(store.underWay(SARA)).isNull();

    apply(underWay(7, new byte[] {4}));
    apply(record(Topic.SNAPSHOTS, "default/C-1", null));
    assertThat(store.underWay(SARA)).as("forgotten with the customer").isNull();
  }

  private ViewRecord underWay(long version, byte[] underWay) {
    byte[] json = Json.bytes(Samples.snapshot("C-1", version));
    return new ViewRecord(
        Topic.SNAPSHOTS, 0, nextOffset++, "default/C-1".getBytes(UTF_8), json, underWay);
  }

  @Test
  void aTouchpointThatIsTakenBackLeavesTheTimeline() {
    for (String id : List.of("a", "b")) {
      apply(record(Topic.TIMELINE, "default/C-1", Json.bytes(Samples.step(id, TEN))));
    }
    apply(record(Topic.TIMELINE, "default/C-1", Json.bytes(new TouchpointGone("a", TEN, true))));

    assertThat(store.timeline(SARA, 10, null).items())
        .extracting(item -> item.rawValue().toString())
        .singleElement()
        .asString()
        .contains("\"b\"");
  }

  @Test
  void whatIsNotOfTheVocabularyIsSkippedAndTheRestTaken() {
    ViewChanges changes =
        apply(
            record(Topic.SNAPSHOTS, "no tenant", Json.bytes(Samples.snapshot("C-9", 1))),
            record(Topic.SNAPSHOTS, null, new byte[] {1}),
            record(Topic.ALERTS, "default/C-1", "{".getBytes(UTF_8)),
            alert("default", Samples.alert("a", "C-1")));
    assertThat(changes.unreadable()).isEqualTo(3);
    assertThat(changes.alerts()).hasSize(1);
  }

  private ViewChanges apply(ViewRecord... records) {
    return store.apply(Arrays.asList(records));
  }

  private ViewRecord snapshot(String tenant, Snapshot snapshot) {
    return record(Topic.SNAPSHOTS, tenant + "/" + snapshot.customerId(), Json.bytes(snapshot));
  }

  private ViewRecord alert(String tenant, Alert alert) {
    return record(Topic.ALERTS, tenant + "/" + alert.customerId(), Json.bytes(alert));
  }

  private ViewRecord record(Topic topic, String key, byte[] value) {
    return new ViewRecord(topic, 0, nextOffset++, key == null ? null : key.getBytes(UTF_8), value);
  }

  private static List<String> ids(AlertPage page) {
    return page.items().stream().map(served -> served.alert().alertId()).toList();
  }
}
