package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Identity in the whole graph, on a MiniCluster with RocksDB. */
class IdentityPipelineTest {
  private static final int VISITORS = 40;

  @RegisterExtension static final MiniClusterExtension CLUSTER = BoundedPipeline.cluster();

  private final EventIntake intake = new EventIntake("IR");

  @Test
  void visitorsBecomeCustomersMergesJoinAndSplitsPart() throws Exception {
    List<IntakeRecord> records = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      // Two calls from a device, one by phone, then a login that tells whose both are.
      records.add(record(call(i, 0, "deviceId", "d-" + i)));
      records.add(record(call(i, 1, "deviceId", "d-" + i)));
      records.add(record(call(i, 2, "phone", phone(i))));
      ObjectNode login = Events.data();
      login.putObject("identifiers").put("deviceId", "d-" + i).put("phone", phone(i));
      records.add(record(event(i, 3, EventTypes.IDENTITY_LINKED, "C-" + i, login)));
    }
    for (int i = 0; i < VISITORS; i += 2) {
      // Of each pair the even one is merged into the odd one; every other pair is parted again.
      ObjectNode pair = Events.data().put("from", "C-" + i).put("into", "C-" + (i + 1));
      records.add(record(event(i, 4, EventTypes.IDENTITY_MERGED, "C-crm", pair)));
      if (i % 4 == 0) {
        records.add(record(event(i, 5, EventTypes.IDENTITY_SPLIT, "C-crm", pair)));
      }
    }

    Map<String, JsonNode> snapshots = run(records);

    for (int i = 0; i < VISITORS; i++) {
      JsonNode customer = snapshots.get("default/C-" + i);
      boolean stayed = i % 4 < 2;
      if (stayed || i % 2 == 1) {
        int people = stayed ? 1 : 2;
        assertThat(customer.at("/history/contacts"))
            .as("C-%d: three calls each", i)
            .hasSize(3 * people);
      } else {
        assertThat(customer.path("redirectTo").asText()).isEqualTo("C-" + (i + 1));
      }
      String owner = i % 4 == 2 ? "C-" + (i + 1) : "C-" + i;
      for (Identifier identifier :
          List.of(
              new Identifier(IdentifierType.DEVICE_ID, "d-" + i),
              new Identifier(IdentifierType.PHONE, phone(i)))) {
        JsonNode visitor = snapshots.get("default/" + identifier.provisionalCustomerId());
        assertThat(visitor == null ? owner : visitor.path("redirectTo").asText())
            .as("%s of C-%d, unless it was known before it was seen", identifier.type(), i)
            .isEqualTo(owner);
      }
    }
  }

  @Test
  void bothEndsOfARelationshipShowItAlsoAfterAMergeAndInARing() throws Exception {
    List<IntakeRecord> records = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      // A ring: each is bound to the next one, and nobody is asked whether that ever ends.
      ObjectNode next = Events.data().put("customer", "C-" + (i + 1) % VISITORS);
      next.put("kind", "referrer");
      records.add(record(event(i, 1, EventTypes.RELATIONSHIP_LINKED, "C-" + i, next)));
      records.add(record(event(i, 1, EventTypes.RELATIONSHIP_LINKED, "C-" + i, next)));
    }
    ObjectNode over = Events.data().put("customer", "C-1").put("kind", "referrer");
    records.add(record(event(0, 2, EventTypes.RELATIONSHIP_ENDED, "C-0", over)));
    ObjectNode pair = Events.data().put("from", "C-5").put("into", "C-9");
    records.add(record(event(5, 3, EventTypes.IDENTITY_MERGED, "C-crm", pair)));

    Map<String, JsonNode> snapshots = run(records);

    assertThat(bound(snapshots, 3)).containsExactlyInAnyOrder("C-4 false", "C-2 true");
    assertThat(bound(snapshots, 0)).as("ended").containsExactly("C-39 true");
    assertThat(bound(snapshots, 1)).as("ended there too").containsExactly("C-2 false");
    assertThat(bound(snapshots, 9))
        .as("its own two, and those of the one that it took in")
        .containsExactlyInAnyOrder("C-10 false", "C-8 true", "C-6 false", "C-4 true");
    assertThat(snapshots.get("default/C-3").path("version").asLong() >> 8)
        .as("one event of its own and one of its neighbour's")
        .isEqualTo(2);
  }

  private static List<String> bound(Map<String, JsonNode> snapshots, int customer) {
    List<String> bound = new ArrayList<>();
    for (JsonNode other : snapshots.get("default/C-" + customer).path("relationships")) {
      bound.add(other.path("customer").asText() + " " + other.path("inverse").asBoolean());
    }
    return bound;
  }

  private static String phone(int i) {
    return "+9821123456" + (10 + i);
  }

  private static Event call(int visitor, int minute, String type, String value) {
    ObjectNode data = Events.data();
    data.putObject("identifiers").put(type, value);
    data.put("contactId", "k-" + visitor + "-" + minute);
    data.put("channel", "voice").put("direction", "inbound");
    return event(visitor, minute, EventTypes.CONTACT_INITIATED, null, data);
  }

  private static Event event(
      int visitor, int minute, String type, String subject, ObjectNode data) {
    return new Event(
        "default",
        "/test",
        "e-" + visitor + "-" + minute,
        type,
        Events.START.plus(Duration.ofMinutes(minute)),
        subject,
        data);
  }

  private IntakeRecord record(Event event) {
    return intake.read(
        event.toBytes(), Events.START.toEpochMilli() + 3_600_000, () -> "events/0/0");
  }

  private static Map<String, JsonNode> run(List<IntakeRecord> records) throws Exception {
    BoundedPipeline pipeline = new BoundedPipeline(records, BoundedPipeline.OPTIONS);
    CloseableIterator<Outbound> customers = pipeline.outputs().customers().collectAsync();
    pipeline.start();
    Map<String, JsonNode> snapshots = new HashMap<>();
    while (customers.hasNext()) {
      Outbound out = customers.next();
      if (Topic.SNAPSHOTS.topicName().equals(out.topic) && out.value != null) {
        JsonNode news = Json.tree(out.value);
        snapshots.merge(
            new String(out.key, UTF_8),
            news,
            (a, b) -> b.get("version").asLong() >= a.get("version").asLong() ? b : a);
      }
    }
    return snapshots;
  }
}
