package io.nabz.api.search;

import static io.nabz.api.Samples.TEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.api.Samples;
import io.nabz.api.store.ViewRecord;
import io.nabz.api.store.ViewStore;
import io.nabz.model.ContactState;
import io.nabz.model.CustomerKey;
import io.nabz.model.FlagCode;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.Json;
import io.nabz.model.Money;
import io.nabz.model.Severity;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerSearchTest {
  private static final IdentifierNormaliser NORMALISER = new IdentifierNormaliser("IR");

  @TempDir Path dir;
  private ViewStore store;
  private CustomerIndex index;
  private long nextOffset;

  @BeforeEach
  void open() {
    store = ViewStore.open(dir.resolve("views"), Clock.fixed(TEN, ZoneOffset.UTC));
    index = CustomerIndex.open(dir.resolve("search"), store);
  }

  @AfterEach
  void close() throws IOException {
    index.close();
    store.close();
  }

  @Test
  void aCustomerIsFoundByNameInEitherScriptAndByAnyHandleHoweverWritten() throws IOException {
    put("default", customer("C-1", 1, "سارا كريمي", "+989123456789", 5, FlagCode.VIP));
    put("default", customer("C-2", 1, "Reza Tehrani", "+982112345678", 0));
    index.takeUp();
    assertThat(find("سارا")).containsExactly("C-1");
    assertThat(find("sara karimi")).containsExactly("C-1");
    assertThat(find("کریمی")).containsExactly("C-1");
    assertThat(find("رضا")).containsExactly("C-2");
    assertThat(find("teh")).as("the beginning of a name").containsExactly("C-2");
    assertThat(find("\"Reza Tehrani\"")).containsExactly("C-2");
    for (String phone :
        List.of("09123456789", "+98 912 345 6789".replace(" ", ""), "۰۹۱۲۳۴۵۶۷۸۹")) {
      assertThat(find(phone)).as(phone).containsExactly("C-1");
      assertThat(find("phone:" + phone)).as(phone).containsExactly("C-1");
    }
    assertThat(find("\"0912 345 6789\"")).containsExactly("C-1");
    assertThat(find("C-2")).containsExactly("C-2");
    assertThat(find("customerId:C-2")).containsExactly("C-2");
    assertThat(find("nobody")).isEmpty();
  }

  @Test
  void partsNarrowAndTheRestIsCounted() throws IOException {
    put("default", customer("C-1", 1, "Sara", "+1", 5, FlagCode.VIP, FlagCode.REPEAT_CALLER));
    put("default", customer("C-2", 1, "Reza", "+2", 50, FlagCode.VIP));
    put("default", customer("C-3", 1, "Ali", "+3", 500));
    put("shop", customer("C-9", 1, "Sara", "+1", 5, FlagCode.VIP));
    index.takeUp();
    assertThat(find("flag:vip")).containsExactlyInAnyOrder("C-1", "C-2");
    assertThat(find("flag:VIP -flag:repeat_caller")).containsExactly("C-2");
    assertThat(find("-flag:vip")).containsExactly("C-3");
    assertThat(find("spend>5 spend<=500")).containsExactlyInAnyOrder("C-2", "C-3");
    assertThat(find("orders:50")).containsExactly("C-2");
    assertThat(find("lastContact<7d")).hasSize(3);
    assertThat(find("lastContact>7d")).isEmpty();
    assertThat(find("lastContact>=2026-11-22T10:00:00Z")).hasSize(3);
    CustomerSearch.Found all = found("", 0, 2);
    assertThat(all.total()).isEqualTo(3);
    assertThat(all.keys()).hasSize(2);
    assertThat(found("", 2, 2).keys()).hasSize(1);
    assertThat(all.facets().get("flag")).isEqualTo(Map.of("VIP", 2L, "REPEAT_CALLER", 1L));
    assertThat(all.facets().get("tier")).isEqualTo(Map.of("gold", 3L));
  }

  @Test
  void theIndexFollowsTheSnapshotsThroughChangeForgettingAndRebuild() throws IOException {
    put("default", customer("C-1", 1, "Sara", "+1", 5));
    index.takeUp();
    put("default", customer("C-1", 2, "Maryam", "+1", 5));
    index.takeUp();
    assertThat(find("sara")).isEmpty();
    assertThat(find("maryam")).containsExactly("C-1");
    store.apply(List.of(record("default/C-1", null)));
    index.takeUp();
    assertThat(find("")).isEmpty();
    put("default", customer("C-2", 1, "Reza", "+1", 5));
    index.takeUp();
    store.rebuild(Topic.SNAPSHOTS);
    index.takeUp();
    assertThat(find("")).isEmpty();
  }

  @Test
  void whatWasNotSafeOnDiskIsTakenUpAgainAndALostIndexIsBuiltAnew() throws IOException {
    put("default", customer("C-1", 1, "Sara", "+1", 5));
    index.takeUp();
    close();
    open();
    index.takeUp();
    assertThat(find("sara")).containsExactly("C-1");

    close();
    try (Stream<Path> files = Files.walk(dir.resolve("search"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    open();
    index.takeUp();
    assertThat(find("sara")).containsExactly("C-1");
  }

  @Test
  void aCustomerWithNothingButAnIdIsIndexedBesideTheOthers() throws IOException {
    put("default", Samples.snapshot("C-bare", 1));
    put("default", customer("C-1", 1, "Sara", "+1", 5, FlagCode.VIP));
    put("default", Samples.snapshot("C-bare-too", 1));
    index.takeUp();
    assertThat(found("", 0, 10).total()).isEqualTo(3);
    assertThat(find("").get(0)).as("the newest contact first").isEqualTo("C-1");
  }

  @Test
  void aQuestionThatIsNotUnderstoodSaysWhatToSend() {
    CustomerQuery query = new CustomerQuery(NORMALISER, TEN, true);
    assertThatThrownBy(() -> query.parse("default", "colour:red")).hasMessageContaining("flag:");
    assertThatThrownBy(() -> query.parse("default", "spend>much")).hasMessageContaining("number");
    assertThatThrownBy(() -> query.parse("default", "lastContact:7d")).hasMessageContaining("<");
    assertThatThrownBy(() -> query.parse("default", "lastContact>soon")).hasMessageContaining("7d");
    assertThatThrownBy(() -> query.parse("default", "a ".repeat(30))).hasMessageContaining("20");
    assertThatThrownBy(() -> query.parse("default", "a".repeat(501))).hasMessageContaining("500");
    CustomerQuery masked = new CustomerQuery(NORMALISER, TEN, false);
    for (String direct : List.of("sara", "phone:0912", "customerId:C-1", "\"a b\"", "-sara")) {
      assertThatThrownBy(() -> masked.parse("default", direct)).hasMessageContaining("your role");
    }
    assertThat(masked.parse("default", "flag:vip spend>3")).isNotNull();
  }

  private List<String> find(String question) {
    return found(question, 0, 10).keys().stream().map(CustomerKey::customerId).toList();
  }

  private CustomerSearch.Found found(String question, int offset, int limit) {
    Clock later = Clock.fixed(TEN.plus(Duration.ofHours(1)), ZoneOffset.UTC);
    return new CustomerSearch(index)
        .find(
            new CustomerQuery(NORMALISER, later.instant(), true).parse("default", question),
            offset,
            limit);
  }

  private void put(String tenant, Snapshot snapshot) {
    store.apply(List.of(record(tenant + '/' + snapshot.customerId(), Json.bytes(snapshot))));
  }

  private ViewRecord record(String key, byte[] value) {
    return new ViewRecord(Topic.SNAPSHOTS, 0, nextOffset++, key.getBytes(UTF_8), value);
  }

  private static Snapshot customer(
      String id, long version, String name, String phone, long orders, FlagCode... flags) {
    Snapshot like =
        Samples.snapshot(
            id,
            version,
            List.of(Samples.contact("k", ContactState.CONNECTED, TEN)),
            null,
            List.of());
    return new Snapshot(
        id,
        version,
        TEN,
        new Snapshot.Identity(Map.of("phone", List.of(phone)), Map.of("name", name), "fa", TEN),
        List.of(),
        like.currentActivity(),
        like.history(),
        new Snapshot.Value(
            orders, new Money(BigDecimal.valueOf(orders), "IRR"), "gold", 1, List.of(), TEN),
        null,
        Stream.of(flags)
            .map(code -> new Snapshot.Flag(code, Severity.HIGH, TEN, List.of()))
            .toList(),
        null,
        Map.of());
  }
}
