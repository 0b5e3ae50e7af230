package io.nabz.api.search;

import static io.nabz.api.Samples.TEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.Samples;
import io.nabz.api.store.SearchFields;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index is the oracle: asked of one customer, a question has the same answer. */
class ConditionTest {
  private static final long SEED = Long.getLong("nabz.seed", 20261122);
  private static final IdentifierNormaliser NORMALISER = new IdentifierNormaliser("IR");
  private static final Instant NOW = TEN.plus(Duration.ofDays(3));
  private static final List<String> PARTS =
      List.of(
          "tier:gold",
          "tier=SILVER",
          "flag:vip",
          "flag:churn_risk",
          "spend>5",
          "spend<=5",
          "spend:5",
          "spend<0",
          "orders>=2",
          "orders<3",
          "orders:0",
          "lastContact<3d",
          "lastContact<=3d",
          "lastContact>3d",
          "lastContact>=3d",
          "lastContact<71h",
          "lastContact>=2026-11-22T10:00:00Z",
          "lastContact<2026-11-22T10:00:00Z",
          "stage:buy");

  @TempDir Path dir;

  @Test
  void aQuestionHasTheSameAnswerOfTheIndexAndOfEachCustomer() throws IOException {
    Random random = new Random(SEED);
    List<Snapshot> customers = new ArrayList<>();
    try (ViewStore store = ViewStore.open(dir.resolve("views"), Clock.fixed(NOW, ZoneOffset.UTC));
        CustomerIndex index = CustomerIndex.open(dir.resolve("search"), store)) {
      for (int i = 0; i < 200; i++) {
        Snapshot customer = customer("C-" + i, random);
        customers.add(customer);
        store.apply(
            List.of(
                new ViewRecord(
                    Topic.SNAPSHOTS,
                    0,
                    i,
                    ("default/C-" + i).getBytes(UTF_8),
                    Json.bytes(customer))));
      }
      index.takeUp();
      CustomerQuery query = new CustomerQuery(NORMALISER, NOW, false);
      for (int i = 0; i < 500; i++) {
        String question = question(random);
        Set<String> found = new HashSet<>();
        new CustomerSearch(index)
            .each(query.parse("default", question), key -> found.add(key.customerId()));
        Set<String> fitting = new HashSet<>();
        for (Snapshot customer : customers) {
          SearchFields fields = SearchFields.of(customer);
          if (query.conditions(question).stream().allMatch(c -> c.test().test(fields, NOW))) {
            fitting.add(new CustomerKey("default", customer.customerId()).customerId());
          }
        }
        assertThat(fitting).as("%s (seed %d)", question, SEED).isEqualTo(found);
      }
    }
  }

  private static String question(Random random) {
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      parts.add((random.nextInt(3) == 0 ? "-" : "") + PARTS.get(random.nextInt(PARTS.size())));
    }
    return String.join(" ", parts);
  }

  private static Snapshot customer(String id, Random random) {
    Snapshot like =
        random.nextInt(4) == 0
            ? Samples.snapshot(id, 1)
            : Samples.snapshot(
                id,
                1,
                List.of(
                    Samples.contact(
                        "k", ContactState.CONNECTED, TEN.plusMillis(random.nextInt(3) - 1))),
                null,
                List.of());
    Snapshot.Value value =
        random.nextInt(4) == 0
            ? null
            : new Snapshot.Value(
                random.nextInt(4),
                new Money(BigDecimal.valueOf(random.nextInt(10)), "IRR"),
                List.of("gold", "silver").get(random.nextInt(2)),
                1,
                List.of(),
                TEN);
    List<Snapshot.Flag> flags =
        random.nextBoolean()
            ? List.of()
            : List.of(
                new Snapshot.Flag(
                    List.of(FlagCode.VIP, FlagCode.CHURN_RISK).get(random.nextInt(2)),
                    Severity.HIGH,
                    TEN,
                    List.of()));
    return new Snapshot(
        id,
        1,
        TEN,
        like.identity(),
        List.of(),
        like.currentActivity(),
        like.history(),
        value,
        null,
        flags,
        null,
        Map.of());
  }
}
