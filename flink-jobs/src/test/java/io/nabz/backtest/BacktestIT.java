package io.nabz.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.customer.CustomerPolicy;
import io.nabz.model.Event;
import io.nabz.model.Topic;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.language.RuleReader;
import io.nabz.testkit.Events;
import io.nabz.testkit.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drafts over a history in a real broker. */
class BacktestIT {
  private static final Duration A_DAY = Duration.ofDays(1);

  /** The broker's clock is the machine's, so what is kept must lie in the past of any. */
  private static final Duration LONG_AGO = Duration.ofDays(1096);

  private static final Instant START = Events.START.minus(LONG_AGO);
  private static final Instant END = START.plus(Duration.ofDays(30));

  private static final String FAIL_THEN_CALL =
      """
      id: fail-call
      version: 3
      audience: agent
      name: {en: n, fa: ن}
      pattern:
        - {as: fail, type: selfservice.failed}
        - {as: call, type: contact.initiated}
      within: 15m
      then: {title: {en: "Failed {{fail.data.task}}", fa: ن}}
      """;

  private static final String NO_ANSWER =
      """
      id: no-answer
      audience: agent
      name: {en: n, fa: ن}
      pattern:
        - {as: view, type: page.viewed}
        - {as: order, type: order.placed, not: true}
      within: 1h
      then: {title: {en: t, fa: ت}}
      """;

  private static final String FAILS_FOR_THREE =
      """
      id: fails-for-three
      audience: supervisor
      name: {en: n, fa: ن}
      across: customers
      by: data.task
      pattern:
        - {as: fail, type: selfservice.failed, aggregate: {function: distinct, field: customerId, window: 10m, atLeast: 3}}
      cooldown: 30m
      then: {title: {en: "{{by}}", fa: "{{by}}"}}
      """;

  private static TestBroker broker;
  private static int tests;

  /** Of its own, so that each test has a history of its own. */
  private final String tenant = "tenant-" + tests++;

  private Owners owners = (of, type, value) -> null;

  @BeforeAll
  static void start() {
    broker = TestBroker.own();
    broker.createContractTopics(3);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void everyMatchIsCountedOnItsDayWithItsEvidence() throws Exception {
    for (int i = 0; i < 20; i++) {
      Events customer = Events.of("C-" + i);
      Duration day = A_DAY.multipliedBy(i % 2);
      send(
          customer
              .after(day)
              .event("f" + i, "selfservice.failed", Events.data().put("task", "track")),
          customer.after(day.plusMinutes(1)).event("other" + i, "page.viewed", Events.data()),
          customer.after(day.plusMinutes(i < 16 ? 5 : 15)).call("k" + i));
    }
    send(agent("a-1", 0), agent("a-1", 20), agent("a-2", 70));
    broker.produce(Topic.EVENTS.topicName(), "default/x", "not json");

    BacktestResult result = run(plan(FAIL_THEN_CALL, null));

    assertThat(result.alerts()).as("those within 15 minutes").isEqualTo(16);
    assertThat(result.customers()).isEqualTo(16);
    assertThat(result.perDay())
        .containsExactly(
            new BacktestResult.Day(LocalDate.of(2023, 11, 22), 8),
            new BacktestResult.Day(LocalDate.of(2023, 11, 23), 8));
    assertThat(result.agentHours()).as("a-1 in one hour, a-2 in the next").isEqualTo(2);
    assertThat(result.alertsPerAgentHour()).isEqualTo(8);
    assertThat(result.unusable()).isEqualTo(1);
    assertThat(result.examples()).hasSize(Tally.EXAMPLES);
    BacktestResult.Example first = result.examples().get(0);
    assertThat(first.customerId()).isEqualTo("C-0");
    assertThat(first.title().en()).isEqualTo("Failed track");
    assertThat(first.evidence()).extracting(e -> e.as()).containsExactly("fail", "call");
    assertThat(result.live()).isNull();
  }

  @Test
  void whatRunsIsComparedMatchByMatch() throws Exception {
    for (int i = 0; i < 10; i++) {
      Events customer = Events.of("C-" + i);
      send(
          customer.event("f" + i, "selfservice.failed", Events.data()),
          customer.after(Duration.ofMinutes(2L * i)).call("k" + i));
    }
    String tighter = FAIL_THEN_CALL.replace("15m", "5m");

    BacktestResult result = run(plan(tighter, FAIL_THEN_CALL));

    // Calls after 0, 2, 4 minutes are inside of 5m; those up to 14 inside of 15m.
    assertThat(result.alerts()).isEqualTo(3);
    assertThat(result.live().version()).isEqualTo(3);
    assertThat(result.live().alerts()).isEqualTo(8);
    assertThat(result.live().both()).isEqualTo(3);
    assertThat(result.live().onlyDraft()).isZero();
    assertThat(result.live().onlyLive()).isEqualTo(5);
    assertThat(result.live().onlyInLive().get(0).customerId()).isEqualTo("C-3");
  }

  @Test
  void absencesHappenInBetweenAndUpToTheEndAndAreTakenBack() throws Exception {
    send(
        Events.of("C-1").event("v1", "page.viewed", Events.data()),
        Events.of("C-2").event("v2", "page.viewed", Events.data()),
        Events.of("C-2").after(Duration.ofMinutes(59)).orderPlaced("o2", 1),
        Events.of("C-3").event("v3", "page.viewed", Events.data()),
        Events.of("C-3").after(Duration.ofHours(2)).event("x", "page.viewed", Events.data()),
        Events.of("C-3").after(Duration.ofMinutes(30)).orderPlaced("late", 1),
        Events.of("C-4").after(Duration.ofHours(2)).event("v4", "page.viewed", Events.data()));

    BacktestResult result = run(plan(NO_ANSWER, null));

    assertThat(result.alerts()).as("of C-1; that of C-3 was taken back").isEqualTo(1);
    assertThat(result.retracted()).isEqualTo(1);
    assertThat(result.examples()).extracting(e -> e.customerId()).containsExactly("C-1");
    assertThat(result.stillOpen()).as("C-3 again, and C-4").isEqualTo(2);
  }

  @Test
  void whatNoRuleWaitsForStillShowsThatTimeWentOn() throws Exception {
    send(
        Events.of("C-1").event("v1", "page.viewed", Events.data()),
        Events.of("C-2").after(Duration.ofHours(1)).event("s1", "search.performed", Events.data()));

    assertThat(run(plan(NO_ANSWER, null)).alerts()).isEqualTo(1);
  }

  @Test
  void aRuleThatAsksForTheCustomerSeesTheCustomerAsItWas() throws Exception {
    String gold = FAIL_THEN_CALL + "condition: customer.value.tier == 'gold'\n";
    for (String id : List.of("C-1", "C-2")) {
      Events customer = Events.of(id);
      Event tier =
          customer
              .after(id.equals("C-1") ? Duration.ZERO : Duration.ofHours(1))
              .event(id + "t", "loyalty.tier_changed", Events.data().put("tier", "gold"));
      List<Event> events =
          new ArrayList<>(
              List.of(
                  customer
                      .after(Duration.ofMinutes(1))
                      .event(id + "f", "selfservice.failed", Events.data()),
                  customer.after(Duration.ofMinutes(2)).call(id + "k")));
      events.add(id.equals("C-1") ? 0 : 2, tier);
      send(events.toArray(Event[]::new));
    }

    BacktestResult result = run(plan(gold, null));

    assertThat(result.examples()).extracting(e -> e.customerId()).containsExactly("C-1");
  }

  @Test
  void aDuplicateIsOneEventAndAnErasedCustomerIsNotShown() throws Exception {
    Events one = Events.of("C-1");
    Events two = Events.of("C-2");
    for (Events customer : List.of(one, two)) {
      Event fail = customer.event("f", "selfservice.failed", Events.data());
      Event call = customer.after(Duration.ofMinutes(1)).call("k");
      send(fail, fail, call, call);
    }
    send(two.after(Duration.ofMinutes(2)).event("e", "customer.erased", Events.data()));

    BacktestResult result = run(plan(FAIL_THEN_CALL, null));

    assertThat(result.alerts()).as("that there were so many stays").isEqualTo(2);
    assertThat(result.examples()).extracting(e -> e.customerId()).containsExactly("C-1");
  }

  @Test
  void anEventThatNamesNoCustomerIsOfWhomItsIdentifierIsByNow() throws Exception {
    owners = (of, type, value) -> value.equals("+989123456789") ? "C-1" : null;
    var data = Events.data();
    data.putObject("identifiers").put("phone", "09123456789");
    send(
        Events.of("C-1").event("f", "selfservice.failed", Events.data()),
        Events.of(null).after(Duration.ofMinutes(1)).event("k", "contact.initiated", data));

    assertThat(run(plan(FAIL_THEN_CALL, null)).alerts()).isEqualTo(1);
  }

  @Test
  void aRuleAcrossCustomersIsTriedOnEachOfItsValues() throws Exception {
    for (int i = 0; i < 40; i++) {
      // Three customers a task, all within three minutes but those of the last ten tasks.
      for (int customer = 0; customer < 3; customer++) {
        int minute = i < 30 ? customer : 20 * customer;
        Event fail =
            Events.of("C-" + customer)
                .after(Duration.ofMinutes(minute))
                .event("f" + i + "-" + customer, "selfservice.failed", task("task-" + i));
        send(fail, fail);
      }
    }
    send(Events.of("C-9").event("none", "selfservice.failed", Events.data()), agent("a-1", 0));

    BacktestResult result = run(plan(FAILS_FOR_THREE, FAIL_THEN_CALL));

    assertThat(result.alerts()).isEqualTo(30);
    assertThat(result.customers()).as("none has one").isZero();
    assertThat(result.agentHours()).isEqualTo(1);
    assertThat(result.examples()).hasSize(Tally.EXAMPLES);
    assertThat(result.examples()).extracting(e -> e.customerId()).containsOnlyNulls();
    assertThat(result.examples().get(0).evidence()).hasSize(3);
    assertThat(result.live()).as("one customer at a time is nothing to compare with").isNull();

    String four = FAILS_FOR_THREE.replace("atLeast: 3", "atLeast: 4");
    BacktestResult tighter = run(plan(four, FAILS_FOR_THREE));
    assertThat(tighter.alerts()).isZero();
    assertThat(tighter.live().onlyLive()).isEqualTo(30);
    long sampled = run(plan(FAILS_FOR_THREE, null, Instant.EPOCH, END, 0.5, 1 << 26)).alerts();
    assertThat(sampled).as("of the values, not of the customers").isBetween(5L, 25L);
  }

  @Test
  void theRangeIsThatOfTheCompletingEventAndTheSampleThatOfCustomers() throws Exception {
    for (int i = 0; i < 200; i++) {
      Events customer = Events.of("C-" + i);
      send(
          customer.event("f" + i, "selfservice.failed", Events.data()),
          customer.after(Duration.ofMinutes(i < 100 ? 1 : 10)).call("k" + i));
    }
    Instant five = START.plus(Duration.ofMinutes(5));

    assertThat(run(plan(FAIL_THEN_CALL, null, five, END, 1, 1 << 26)).alerts())
        .as("it began before the range")
        .isEqualTo(100);
    assertThat(run(plan(FAIL_THEN_CALL, null, Instant.EPOCH, five, 1, 1 << 26)).alerts())
        .isEqualTo(100);
    long sampled = run(plan(FAIL_THEN_CALL, null, Instant.EPOCH, END, 0.5, 1 << 26)).alerts();
    assertThat(sampled).isBetween(70L, 130L);
    assertThat(run(plan(FAIL_THEN_CALL, null, Instant.EPOCH, END, 0.5, 1 << 26)).alerts())
        .as("the same customers each time")
        .isEqualTo(sampled);
  }

  @Test
  void whatIsTooMuchIsRefusedWithWhatToDo() throws Exception {
    for (int i = 0; i < 300; i++) {
      send(Events.of("C-" + i).event("f" + i, "selfservice.failed", Events.data()));
    }

    assertThatThrownBy(() -> run(plan(FAIL_THEN_CALL, null, Instant.EPOCH, END, 1, 50_000)))
        .isInstanceOf(BacktestException.class)
        .hasMessageContaining("sample=");
    String other = FAIL_THEN_CALL.replace("selfservice.failed", "selfservice.started");
    assertThat(run(plan(other, null, Instant.EPOCH, END, 1, 50_000)).alerts())
        .as("of those of whom nothing is under way nothing is kept")
        .isZero();
  }

  @Test
  void aCancelledOneEnds() {
    send(Events.of("C-1").event("f", "selfservice.failed", Events.data()));
    Backtest backtest = new Backtest(plan(FAIL_THEN_CALL, null), owners);
    backtest.cancel();

    assertThatThrownBy(() -> backtest.run(kafka())).isInstanceOf(CancellationException.class);
  }

  private BacktestResult run(BacktestPlan plan) throws InterruptedException {
    return new Backtest(plan, owners).run(kafka());
  }

  private Properties kafka() {
    Properties kafka = new Properties();
    kafka.put("bootstrap.servers", broker.bootstrapServers());
    return kafka;
  }

  @Test
  void aRuleThatWatchesIsRefusedWithWhatToDoInstead() {
    String silent =
        """
        id: silent
        audience: supervisor
        name: {en: n, fa: ن}
        across: sources
        watch: {silentFor: 15m}
        cooldown: 1h
        then: {title: {en: t, fa: ت}}
        """;

    assertThatThrownBy(() -> plan(silent, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("watches sources")
        .hasMessageContaining("put it");
  }

  private BacktestPlan plan(String draft, String live) {
    return plan(draft, live, Instant.EPOCH, END, 1, 1 << 26);
  }

  private BacktestPlan plan(
      String draft, String live, Instant from, Instant to, double sample, long maxBytes) {
    return new BacktestPlan(
        tenant,
        compile(draft),
        live == null ? null : compile(live),
        from,
        to,
        sample,
        2,
        maxBytes,
        Duration.ofMinutes(1),
        CustomerPolicy.DEFAULT);
  }

  private static CompiledRule compile(String yaml) {
    return RuleCompiler.compile(RuleReader.read(yaml.getBytes(UTF_8)));
  }

  private static ObjectNode task(String name) {
    return Events.data().put("task", name);
  }

  private static Event agent(String agentId, int minute) {
    return Events.of(null)
        .after(Duration.ofMinutes(minute))
        .event(
            agentId + minute,
            "agent.state_changed",
            Events.data().put("agentId", agentId).put("state", "available"));
  }

  /** One by one, so that they come in this order whatever their partitions. */
  private void send(Event... events) {
    for (Event event : events) {
      Event own =
          new Event(
              tenant,
              event.source(),
              event.id(),
              event.type(),
              event.time().minus(LONG_AGO),
              event.subject(),
              event.data());
      broker.produce(Topic.EVENTS.topicName(), tenant + "/" + own.subject(), own.toBytes());
    }
  }
}
