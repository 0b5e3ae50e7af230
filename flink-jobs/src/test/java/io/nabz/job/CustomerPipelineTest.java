package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.model.Topic;
import io.nabz.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole graph on a MiniCluster with RocksDB, behind a bounded source. */
class CustomerPipelineTest {

  @RegisterExtension static final MiniClusterExtension CLUSTER = BoundedPipeline.cluster();

  private final EventIntake intake = new EventIntake("IR");

  @Test
  void callsCartsAndRubbishEachGoTheirWay() throws Exception {
    List<IntakeRecord> records = new ArrayList<>();
    for (int customer = 0; customer < 50; customer++) {
      Events events = Events.of("C-" + customer);
      for (int call = 0; call < customer % 5; call++) {
        Event event = events.after(Duration.ofMinutes(call)).call("k-" + customer + "-" + call);
        records.add(record(event.toBytes()));
        records.add(record(event.toBytes()));
      }
      records.add(record(events.cartItemAdded("cart-" + customer, "sku", 10).toBytes()));
    }
    records.add(record("not json".getBytes(UTF_8)));
    records.add(record(new byte[0]));

    Results results = run(records);

    assertThat(results.snapshots).hasSize(50);
    for (int customer = 0; customer < 50; customer++) {
      Snapshot snapshot = results.snapshots.get("default/C-" + customer);
      assertThat(snapshot.history().contacts()).hasSize(customer % 5);
      assertThat(snapshot.history().repeats().get("24h").repeatContacts())
          .as("of n calls n - 2 are at least the third")
          .isEqualTo(Math.max(0, customer % 5 - 2));
    }
    // Customers 3, 4, 8, 9, ... 48, 49 call three or four times: 2 in 5.
    assertThat(results.alerts("repeat-caller")).hasSize(20);
    assertThat(results.alerts("cart-abandoned")).hasSize(50);
    assertThat(results.deadLetters).hasSize(2);
    assertThat(results.deadLetters.get(0).headers).containsEntry("nabz-reason", "not-json");
    assertThat(results.deadLetters).anyMatch(l -> new String(l.value, UTF_8).equals("not json"));
  }

  @Test
  void oneErrorShownToFiveCustomersIsOneAlertAboutNobody() throws Exception {
    List<IntakeRecord> records = new ArrayList<>();
    for (int customer = 0; customer < 5; customer++) {
      Events events = Events.of("C-" + customer).after(Duration.ofMinutes(customer));
      Event error = events.event("e-" + customer, "error.shown", Events.data().put("code", "E-42"));
      records.add(record(error.toBytes()));
      records.add(record(error.toBytes()));
      records.add(
          record(
              Events.of("C-0")
                  .after(Duration.ofMinutes(customer))
                  .event("own-" + customer, "error.shown", Events.data().put("code", "E-43"))
                  .toBytes()));
    }

    Results results = run(records);

    List<Alert> across = new ArrayList<>();
    for (Outbound out : results.crowds) {
      assertThat(new String(out.key, UTF_8)).startsWith("default/~one-error-many-customers/");
      across.add(Json.read(out.value, Alert.class));
    }
    assertThat(across).hasSize(1);
    assertThat(across.get(0).customerId()).isNull();
    assertThat(across.get(0).title().en()).contains("E-42");
    assertThat(across.get(0).evidence()).hasSize(5);
    assertThat(results.alerts("one-error-many-customers")).as("not with the customers").isEmpty();
    assertThat(results.alerts("errors-in-a-row")).as("of C-0, as ever").isNotEmpty();
  }

  private IntakeRecord record(byte[] bytes) {
    return intake.read(bytes, Events.START.toEpochMilli() + 3_600_000, () -> "events/0/0");
  }

  private static Results run(List<IntakeRecord> records) throws Exception {
    BoundedPipeline pipeline = new BoundedPipeline(records, BoundedPipeline.OPTIONS);
    CloseableIterator<Outbound> customers = pipeline.outputs().customers().collectAsync();
    CloseableIterator<Outbound> crowds = pipeline.outputs().crowds().collectAsync();
    CloseableIterator<Outbound> deadLetters = pipeline.outputs().deadLetters().collectAsync();
    pipeline.start();

    Results results = new Results();
    while (customers.hasNext()) {
      Outbound out = customers.next();
      assertThat(out.value).as("nobody is forgotten because a stream ends").isNotNull();
      if (out.goesTo(Topic.ALERTS)) {
        results.alerts.add(Json.read(out.value, Alert.class));
      }
      if (!out.goesTo(Topic.SNAPSHOTS)) {
        continue;
      }
      results.snapshots.merge(
          new String(out.key, UTF_8),
          Json.read(out.value, Snapshot.class),
          (a, b) -> b.version() >= a.version() ? b : a);
    }
    crowds.forEachRemaining(results.crowds::add);
    deadLetters.forEachRemaining(results.deadLetters::add);
    return results;
  }

  private static final class Results {
    final Map<String, Snapshot> snapshots = new HashMap<>();
    final List<Alert> alerts = new ArrayList<>();
    final List<Outbound> crowds = new ArrayList<>();
    final List<Outbound> deadLetters = new ArrayList<>();

    List<String> alerts(String ruleId) throws IOException {
      return alerts.stream()
          .filter(a -> a.ruleId().equals(ruleId) && a.state() == AlertState.OPEN)
          .map(Alert::alertId)
          .distinct()
          .toList();
    }
  }
}
