package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.KpiFigures;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures of the whole graph on a MiniCluster with RocksDB, behind a bounded source. */
class KpiPipelineTest {
  private static final int CALLS = 300;

  @RegisterExtension static final MiniClusterExtension CLUSTER = BoundedPipeline.cluster();

  private final EventIntake intake = new EventIntake("IR");

  @Test
  void theDayComesOutRightFromShuffledAndDoubledEvents() throws Exception {
    List<Event> events = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      Events at = Events.of("C-" + call).after(Duration.ofSeconds(call));
      events.add(at.contact(EventTypes.CONTACT_QUEUED, "k-" + call));
      // Every third hangs up after 4 s, the others are answered after 10 s and talk for a minute.
      Events later = at.at(Events.START.plusSeconds(call + (call % 3 == 0 ? 4 : 10)));
      if (call % 3 == 0) {
        events.add(later.contact(EventTypes.CONTACT_ABANDONED, "k-" + call));
      } else {
        events.add(later.contact(EventTypes.CONTACT_CONNECTED, "k-" + call));
        events.add(
            at.at(Events.START.plusSeconds(call + 70))
                .contact(EventTypes.CONTACT_ENDED, "k-" + call));
      }
      events.add(at.cartItemAdded("cart-" + call, "sku", 10));
    }
    events.addAll(List.copyOf(events));
    Collections.shuffle(events, new Random(1));

    Map<String, KpiFigures> figures = run(events);

    KpiFigures day = figures.get("default/total/1d@2026-11-22T00:00:00Z");
    assertThat(day.contacts().offered()).isEqualTo(CALLS);
    assertThat(day.contacts().answered()).isEqualTo(200);
    assertThat(day.contacts().shortAbandoned()).isEqualTo(100);
    assertThat(day.serviceLevels().get(0).level()).isEqualTo(200.0 / 300);
    assertThat(day.waits().asaSeconds()).isEqualTo(10);
    assertThat(day.handle().meanSeconds()).isEqualTo(60);
    assertThat(day.carts().abandonmentRate()).isEqualTo(1);
    assertThat(day.alerts().values().stream().mapToLong(n -> n).sum())
        .as("each cart is abandoned in the end, and who hung up is not called back")
        .isEqualTo(CALLS + CALLS / 3);
    assertThat(figures.get("default/channel:voice/1h@2026-11-22T10:00:00Z").contacts())
        .isEqualTo(day.contacts());
    assertThat(figures.get("default/total/now").now().waiting()).isZero();
  }

  @Test
  void whatACustomerWritesIsReadOnceAndCountsForAgentQueueTopicAndVoice() throws Exception {
    Events customer = Events.of("C-1");
    List<Event> events = new ArrayList<>();
    events.add(
        customer.event(
            "c",
            EventTypes.CONTACT_CONNECTED,
            Events.data()
                .put("contactId", "k-1")
                .put("channel", "chat")
                .put("queue", "payments")
                .put("agentId", "a-1")));
    events.add(
        customer
            .after(Duration.ofSeconds(5))
            .event(
                "m",
                EventTypes.MESSAGE_RECEIVED,
                Events.data()
                    .put("contactId", "k-1")
                    .put("channel", "chat")
                    .put(
                        "text", "This is terrible, I was charged twice and the invoice is wrong")));
    events.add(
        customer
            .after(Duration.ofSeconds(9))
            .event(
                "p",
                EventTypes.SOCIAL_POSTED,
                Events.data().put("channel", "social").put("text", "خیلی افتضاحه")));
    events.addAll(List.copyOf(events));

    Map<String, KpiFigures> figures = run(events);

    for (String who : List.of("agent:a-1", "queue:payments", "channel:chat", "topic:billing")) {
      KpiFigures.Mean sentiment =
          figures.get("default/" + who + "/1d@2026-11-22T00:00:00Z").sentiment();
      assertThat(sentiment.count()).as(who).isEqualTo(1);
      assertThat(sentiment.mean()).as(who).isNegative();
    }
    KpiFigures voice = figures.get("default/voice/1h@2026-11-22T10:00:00Z");
    assertThat(voice.texts()).isEqualTo(new KpiFigures.Texts(2, 2, 0));
    assertThat(voice.contacts()).as("the floor is not in it").isNull();
    assertThat(figures.get("default/voice.topic:billing/1h@2026-11-22T10:00:00Z").texts().count())
        .isEqualTo(1);
    assertThat(figures.get("default/total/1h@2026-11-22T10:00:00Z").texts().count())
        .as("the post belongs to no contact and counts on the floor by itself")
        .isEqualTo(2);
  }

  private Map<String, KpiFigures> run(List<Event> events) throws Exception {
    long received = Events.START.toEpochMilli() + 3_600_000;
    List<IntakeRecord> records =
        events.stream().map(e -> intake.read(e.toBytes(), received, () -> "events/0/0")).toList();
    BoundedPipeline pipeline = new BoundedPipeline(records, BoundedPipeline.OPTIONS);
    CloseableIterator<Outbound> kpis = pipeline.outputs().kpis().collectAsync();
    pipeline.start();
    Map<String, KpiFigures> figures = new HashMap<>();
    while (kpis.hasNext()) {
      Outbound out = kpis.next();
      KpiFigures news = Json.read(out.value, KpiFigures.class);
      figures.merge(new String(out.key, UTF_8), news, (a, b) -> b.version() >= a.version() ? b : a);
    }
    return figures;
  }
}
