package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.customer.state.CustomerState;
import io.nabz.identity.Attribution;
import io.nabz.identity.Kept;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.Topic;
import io.nabz.rules.engine.Call;
import io.nabz.rules.engine.CustomerView;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.RuleState;
import io.nabz.rules.language.RuleReader;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What rules remember is on the heap, and packed only when the customer is written. Whatever
 * happens to the customer meanwhile, the stream tells what one tells that writes and reads it with
 * each event.
 */
class HotRulesTest {
  private static final long SEED = Long.getLong("nabz.seed", 1);
  private static final int STREAMS = 12;
  private static final int STEPS = 120;
  private static final Events CUSTOMER = Events.of("C-1");

  private static final String NO_ORDER =
      """
      id: no-order
      audience: agent
      name: {en: n, fa: ن}
      pattern:
        - {as: view, type: page.viewed}
        - {as: order, type: order.placed, not: true}
      within: 7m
      then: {title: {en: WORDS, fa: ت}}
      """;

  private static final String FAIL_THEN_CALL =
      """
      id: fail-then-call
      audience: agent
      name: {en: n, fa: ن}
      pattern:
        - {as: fail, type: selfservice.failed}
        - {as: call, type: contact.initiated}
      within: 15m
      then: {title: {en: WORDS, fa: ت}}
      """;

  private final CustomerState record = new CustomerState();
  private final HotRules rules = new HotRules(record);

  @Test
  void whatHasChangedIsInTheRecordOnceItIsStoredAndNotBefore() {
    see(CUSTOMER.event("v", "page.viewed", Events.data()));
    assertThat(record.rulesDueMs).isEqualTo(START.plus(Duration.ofMinutes(7)).toEpochMilli());
    byte[] before = record.rules;

    rules.store();

    assertThat(record.rules).isNotEqualTo(before);
    assertThat(RuleState.of(record.rules).isUnderWay()).isTrue();
    assertThat(RuleState.of(record.rules).dueMs()).isEqualTo(record.rulesDueMs);
    assertThat(rules.current().isUnderWay()).as("and still here").isTrue();
  }

  @Test
  void whoeverIsErasedBeforeItWasStoredIsForgottenHereToo() {
    see(CUSTOMER.event("v", "page.viewed", Events.data()));

    record.become(new CustomerState());

    assertThat(rules.current().isEmpty()).isTrue();
    rules.store();
    assertThat(record.rules).isNull();
  }

  @Test
  void aRecordThatHasBecomeAnotherIsReadAnew() {
    see(CUSTOMER.event("v", "page.viewed", Events.data()));
    rules.store();
    byte[] stored = record.rules;
    see(CUSTOMER.event("v2", "page.viewed", Events.data()));

    record.rules = stored;

    assertThat(rules.current().packed()).isEqualTo(stored);
  }

  private void see(Event event) {
    RuleSet set =
        new RuleSet(List.of(RuleCompiler.compile(RuleReader.read(NO_ORDER.getBytes(UTF_8)))));
    Call call =
        new Call(
            CustomerKey.parse("default/C-1"),
            CustomerView.UNKNOWN,
            event.time(),
            event.time(),
            alert -> {});
    assertThat(new RuleEngine().apply(set, rules.current(), event, RuleEngine.NO_WATERMARK, call))
        .isTrue();
    rules.changed();
  }

  @Test
  void theStreamTellsWhatOneTellsThatStoresWithEachEvent() throws Exception {
    System.out.println("nabz.seed=" + SEED);
    int alerts = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      long seed = SEED + stream;
      Run storing =
          new Run(Map.of("snapshot-interval", "0 s", "hot-customers", "1 b"), seed, false);
      Run lazy = new Run(Map.of("snapshot-interval", "1 h"), seed, true);
      Run crowded =
          new Run(Map.of("snapshot-interval", "1 h", "hot-customers", "4 kb"), seed, true);
      assertThat(lazy.told()).as("seed %d", seed).isEqualTo(storing.told());
      assertThat(crowded.told()).as("seed %d, little room", seed).isEqualTo(storing.told());
      alerts += storing.alerts.size();
    }
    assertThat(alerts).as("what is compared").isGreaterThan(10 * STREAMS);
  }

  /** One random stream through an operator of its own. */
  private static final class Run {
    private static final String[] TYPES = {
      "page.viewed", "page.viewed", "selfservice.failed", "contact.initiated", "order.placed"
    };

    private final Random random;
    private final List<String> alerts = new ArrayList<>();
    private final Map<String, String> underWay = new TreeMap<>();
    private final Map<String, List<Long>> linked = new HashMap<>();
    private final TreeSet<String> redirected = new TreeSet<>();
    private CustomerHarness harness;
    private Instant now = START;
    private int number;

    Run(Map<String, String> options, long seed, boolean fails) throws Exception {
      Map<String, String> all = new HashMap<>(options);
      all.put(JobOptions.BOOTSTRAP_SERVERS.key(), "nowhere:9092");
      random = new Random(seed);
      harness = CustomerHarness.start(JobOptions.from(all));
      harness.change("default/no-order", NO_ORDER);
      harness.change("default/fail-then-call", FAIL_THEN_CALL);
      for (int step = 0; step < STEPS; step++) {
        now = now.plusSeconds(random.nextInt(90));
        step(random.nextInt(100));
        if (random.nextInt(30) == 0 && fails) {
          takeOutput();
          harness = harness.failAndResume(harness.checkpoint(), START);
        }
      }
      harness.checkpoint();
      takeOutput();
      harness.close();
    }

    private void step(int what) throws Exception {
      String customer = "C-" + random.nextInt(3);
      String key = "default/" + customer;
      Events at = Events.of(customer).at(now);
      if (what < 70) {
        harness.send(at.event("e" + number++, TYPES[random.nextInt(TYPES.length)], Events.data()));
      } else if (what < 80) {
        harness.watermark(now.minusSeconds(30));
      } else if (what < 84) {
        Event event = at.event("e" + number++, TYPES[random.nextInt(TYPES.length)], Events.data());
        IntakeRecord record = harness.intake(event);
        linked.computeIfAbsent(key, ignored -> new ArrayList<>()).add(record.hash);
        Attribution attribution = attribution(Attribution.LINKED, key);
        attribution.event =
            new Kept(record.hash, record.eventTimeMs, record.receivedAtMs, record.bytes);
        send(attribution);
      } else if (what < 87 && linked.containsKey(key)) {
        Attribution attribution = attribution(Attribution.TAKE_BACK, key);
        attribution.hashes = linked.remove(key).stream().mapToLong(hash -> hash).toArray();
        send(attribution);
      } else if (what < 91) {
        boolean back = redirected.remove(key);
        Attribution attribution =
            attribution(back ? Attribution.RETURN : Attribution.REDIRECT, key);
        if (!back) {
          redirected.add(key);
          attribution.target = "default/C-9";
        }
        send(attribution);
      } else if (what < 94) {
        harness.send(at.event("e" + number++, "customer.erased", Events.data()));
      } else if (what < 95) {
        // The customer comes back on the day on which it would have been forgotten.
        now = now.plus(Duration.ofDays(401));
      } else {
        String id = random.nextBoolean() ? "no-order" : "fail-then-call";
        String rule = id.equals("no-order") ? NO_ORDER : FAIL_THEN_CALL;
        harness.change(
            "default/" + id,
            switch (random.nextInt(4)) {
              case 0 -> null;
              case 1 -> rule.replaceAll("within: .*", "within: 9m");
              default -> rule.replace("WORDS", "words " + number);
            });
      }
    }

    private Attribution attribution(int kind, String key) {
      Attribution attribution = new Attribution(kind, key, now.toEpochMilli());
      attribution.via = "default/~node";
      return attribution;
    }

    private void send(Attribution attribution) throws Exception {
      List<IntakeRecord> records = new ArrayList<>(1);
      new IdentityOutlet(records::add, (tag, record) -> {}).customer(attribution);
      harness.send(records.get(0));
    }

    private void takeOutput() throws Exception {
      harness.prepareSnapshotPreBarrier(1);
      harness.alerts().forEach(alert -> alerts.add(alert.toString()));
      for (Outbound out : harness.sentTo(Topic.SNAPSHOTS)) {
        underWay.put(new String(out.key, UTF_8), Arrays.toString(out.underWay));
      }
    }

    private String told() {
      return String.join("\n", alerts) + "\n" + underWay;
    }
  }
}
