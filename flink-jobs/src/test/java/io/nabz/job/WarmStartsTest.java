package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.backtest.Seed;
import io.nabz.backtest.TestSeeds;
import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.language.RuleReader;
import io.nabz.testkit.Events;
import io.nabz.warm.HandOver;
import io.nabz.warm.WarmMessage;
import io.nabz.warm.WarmMessage.Kind;
import io.nabz.warm.WarmStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the customers' operator does with a rule that is started warm. */
class WarmStartsTest {
  private static final String KEY = "default/fail-then-call";
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final Duration WRITTEN = Duration.ofMinutes(5);
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Event FAIL =
      CUSTOMER.after(A_MINUTE).event("f", "selfservice.failed", Events.data());
  private static final Event CALL = CUSTOMER.after(WRITTEN.plus(A_MINUTE)).call("k");

  private static final String RULE =
      """
      id: fail-then-call
      version: 3
      patternVersion: 3
      start: warm
      changedAt: "%s"
      audience: agent
      name: {en: n, fa: ن}
      pattern:
        - {as: fail, type: selfservice.failed}
        - {as: call, type: contact.initiated}
      within: 15m
      then: {title: {en: t, fa: ت}}
      """
          .formatted(START.plus(WRITTEN));

  private CustomerHarness harness;

  @BeforeEach
  void open() throws Exception {
    harness = CustomerHarness.start(JobOptions.of("nowhere:9092"));
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void whatBeganBeforeTheRuleIsCompletedByWhatCameWhileItWasStarted() throws Exception {
    harness.send(FAIL);
    harness.change(KEY, RULE);
    assertThat(said(Kind.TAKEN)).containsExactly(WarmMessage.taken(3, 0, 1));
    harness.send(CALL);
    assertThat(told()).as("whose call it completes is not known yet").isEmpty();

    harness.seed(KEY, WarmMessage.seed(3, seed(FAIL, CALL)));

    assertThat(told()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.evidence())
        .extracting(Alert.Evidence::eventId)
        .containsExactly("f", "k:contact.initiated");
    assertThat(alert.contactId()).as("as any alert, of the contact that is live").isEqualTo("k");
    harness.seed(KEY, WarmMessage.end(3, 1L));
    assertThat(said(Kind.ENDED)).containsExactly(WarmMessage.ended(3, 0, 1, null));
    harness.send(CALL);
    assertThat(told()).as("not twice").hasSize(1);
  }

  @Test
  void whatWasCompletedBeforeTheRuleIsNotTold() throws Exception {
    Event early = CUSTOMER.after(A_MINUTE.multipliedBy(2)).call("early");
    harness.send(FAIL);
    harness.send(early);
    harness.change(KEY, RULE);

    for (Seed seed : seeds(FAIL, early)) {
      harness.seed(KEY, WarmMessage.seed(3, seed));
    }
    harness.seed(KEY, WarmMessage.end(3, (long) seeds(FAIL, early).size()));

    harness.send(CALL);
    assertThat(told()).isEmpty();
  }

  @Test
  void whatTheSeedHasAndTheStreamHasNotComeToYetIsMatchedWhenItComes() throws Exception {
    harness.send(FAIL);
    harness.change(KEY, RULE);
    harness.seed(KEY, WarmMessage.seed(3, seed(FAIL, CALL)));
    assertThat(told()).isEmpty();

    harness.send(CALL);

    assertThat(told()).as("while others are still waiting for their seeds").hasSize(1);
  }

  @Test
  void aRestartInTheMiddleGoesOn() throws Exception {
    harness.send(FAIL);
    harness.change(KEY, RULE);
    harness.send(CALL);
    OperatorSubtaskState checkpoint = harness.checkpoint();
    harness = harness.failAndResume(checkpoint, START.plus(WRITTEN));

    harness.seed(KEY, WarmMessage.seed(3, seed(FAIL, CALL)));
    checkpoint = harness.checkpoint();
    assertThat(told()).hasSize(1);
    harness = harness.failAndResume(checkpoint, START.plus(WRITTEN));
    harness.seed(KEY, WarmMessage.end(3, 1L));

    assertThat(said(Kind.ENDED)).containsExactly(WarmMessage.ended(3, 0, 1, null));
  }

  @Test
  void aStartThatIsGivenUpTellsWhatAColdRuleWould() throws Exception {
    harness.send(FAIL);
    harness.change(KEY, RULE);
    harness.send(CALL);
    Event again =
        CUSTOMER.after(WRITTEN.plusSeconds(90)).event("f2", "selfservice.failed", Events.data());
    harness.send(again);
    harness.send(CUSTOMER.after(WRITTEN.plusSeconds(100)).call("k2"));

    harness.seed(KEY, WarmMessage.end(3, null));

    assertThat(alerts()).hasSize(1);
    assertThat(alerts().get(0).evidence().get(0).eventId()).isEqualTo("f2");
    assertThat(said(Kind.ENDED)).as("nobody asks").isEmpty();
  }

  @Test
  void aStreamThatIsBehindSaysSoAndTheRuleGoesOnCold() throws Exception {
    harness.change(KEY, RULE);
    Instant longBefore = START.plus(WRITTEN).minus(HandOver.LAG).minusMillis(1);

    harness.send(harness.intake(FAIL, longBefore));
    harness.send(CALL);

    assertThat(said(Kind.ENDED).get(0).reason()).contains("behind").contains("start=warm");
    assertThat(status().reason()).contains("behind");
    assertThat(told()).as("both came after the rule").hasSize(1);
    harness.seed(KEY, WarmMessage.end(3, 0L));
    assertThat(said(Kind.ENDED).get(1).reason()).as("said again when asked").contains("behind");
  }

  @Test
  void aCustomerOfWhomTooMuchComesEndsIt() throws Exception {
    harness.change(KEY, RULE);
    for (int i = 0; i <= Seed.MAX_EVENTS; i++) {
      harness.send(
          CUSTOMER
              .after(WRITTEN.plusSeconds(i))
              .event("f" + i, "selfservice.failed", Events.data()));
    }

    assertThat(status().reason()).contains("too much came");
    harness.send(CUSTOMER.after(WRITTEN.plusSeconds(300)).call("k"));
    assertThat(told()).as("nothing of it is lost").hasSize(1);
  }

  @Test
  void seedsThatWereMissedAreNoticed() throws Exception {
    harness.change(KEY, RULE);
    harness.seed(KEY, WarmMessage.end(3, 1L));

    assertThat(said(Kind.ENDED).get(0).reason()).contains("missed");
    assertThat(status().state()).isEqualTo(WarmStatus.State.COLD);
  }

  @Test
  void whenNobodyFinishesItItEndsByItself() throws Exception {
    harness.change(KEY, RULE);
    harness.clock(START.plus(WarmStarts.PATIENCE));
    assertThat(harness.sentTo(Topic.RULES)).isEmpty();

    harness.clock(START.plus(WarmStarts.PATIENCE).plusSeconds(10));

    assertThat(status().reason()).contains("did not finish");
  }

  @Test
  void anotherVersionEndsItAndWhatHadComeGoesOnUnderIt() throws Exception {
    harness.change(KEY, RULE);
    harness.send(CUSTOMER.after(WRITTEN).event("f2", "selfservice.failed", Events.data()));

    harness.change(KEY, RULE.replace("version: 3\n", "version: 4\n").replace("start: warm\n", ""));
    // The pattern is the one of version 3 still.
    harness.send(CALL);

    assertThat(told()).hasSize(1);
    assertThat(alerts().get(0).ruleVersion()).isEqualTo(4);
  }

  @Test
  void aStreamThatBeginsAnewReadsThePastByItselfAndWaitsForNothing() throws Exception {
    harness.change(KEY, RULE.replace("" + START.plus(WRITTEN), "" + START.minusSeconds(1)));
    harness.send(FAIL);
    harness.send(CALL);

    assertThat(told()).hasSize(1);
    assertThat(said(Kind.TAKEN)).isEmpty();
  }

  @Test
  void aRestoredStreamThatFindsItSettledBeforeItsSeedsSaysThatItIsCold() throws Exception {
    OperatorSubtaskState checkpoint = harness.checkpoint();
    harness = harness.failAndResume(checkpoint, START.plus(WRITTEN).plusSeconds(30));
    harness.seed(KEY, WarmMessage.seed(3, seed(FAIL, CALL)));
    harness.change(KEY, RULE);
    harness.change(WarmStatus.keyOf(KEY), new String(WarmStatus.warm(3, 1).toBytes(), UTF_8));

    assertThat(status().reason()).contains("restarted");
  }

  @Test
  void ofAnErasedCustomerNothingIsRemembered() throws Exception {
    harness.change(KEY, RULE);
    harness.send(FAIL);
    harness.send(
        CUSTOMER.after(A_MINUTE.multipliedBy(2)).event("e", "customer.erased", Events.data()));
    harness.seed(KEY, WarmMessage.end(3, 0L));
    harness.watermark(START.plus(Duration.ofDays(31)));

    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aSeedPutsWhatIsUnderWayBesideThatOfOtherRulesAndFallsDueByItself() throws Exception {
    String absence =
        RULE.replace("type: contact.initiated", "type: order.placed, not: true")
            .replace("fail-then-call", "no-order");
    String other = RULE.replace("fail-then-call", "other").replace("start: warm\n", "");
    harness.change("default/other", other);
    harness.send(CUSTOMER.event("v", "page.viewed", Events.data()));
    harness.send(FAIL);
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).as("what began last is not stored yet").hasSize(1);
    harness.change("default/no-order", absence);
    for (Seed seed : seedsOf(absence, FAIL)) {
      harness.seed("default/no-order", WarmMessage.seed(3, seed));
    }
    harness.seed("default/no-order", WarmMessage.end(3, 1L));

    harness.watermark(FAIL.time().plus(Duration.ofMinutes(15)));
    harness.send(CUSTOMER.after(Duration.ofMinutes(15)).call("k"));

    assertThat(harness.alerts())
        .filteredOn(alert -> List.of("no-order", "other").contains(alert.ruleId()))
        .extracting(Alert::ruleId)
        .containsExactly("no-order", "other");
  }

  @Test
  void whoeverTheRuleKnowsAlreadyThoughItIsNotStoredYetIsNotToldTwice() throws Exception {
    harness.change(
        KEY, RULE.replace("\nversion: 3\n", "\nversion: 2\n").replace("start: warm\n", ""));
    harness.send(CUSTOMER.event("v", "page.viewed", Events.data()));
    harness.send(FAIL);
    assertThat(harness.sentTo(Topic.SNAPSHOTS)).hasSize(1);
    harness.change(KEY, RULE);

    harness.send(CALL);
    assertThat(told()).as("what had begun goes on").hasSize(1);
    harness.seed(KEY, WarmMessage.seed(3, seed(FAIL, CALL)));
    harness.seed(KEY, WarmMessage.end(3, 1L));

    assertThat(told()).hasSize(1);
  }

  private List<Alert> alerts() throws IOException {
    return harness.alerts().stream().filter(a -> a.ruleId().equals("fail-then-call")).toList();
  }

  private List<String> told() throws IOException {
    return alerts().stream().map(Alert::alertId).toList();
  }

  private List<WarmMessage> said(Kind kind) {
    return harness.sentTo(Topic.RULE_SEEDS).stream()
        .filter(out -> new String(out.key, UTF_8).equals(KEY))
        .map(out -> WarmMessage.of(out.value))
        .filter(message -> message.kind() == kind)
        .toList();
  }

  /** The only one that was told. */
  private WarmStatus status() throws IOException {
    List<Outbound> told = new ArrayList<>(harness.sentTo(Topic.RULES));
    assertThat(told).hasSize(1);
    assertThat(WarmStatus.ruleOf(new String(told.get(0).key, UTF_8))).isEqualTo(KEY);
    WarmStatus status = WarmStatus.of(Json.tree(told.get(0).value));
    assertThat(status.version()).isEqualTo(3);
    return status;
  }

  private static Seed seed(Event... history) {
    return seeds(history).get(0);
  }

  private static List<Seed> seeds(Event... history) {
    return seedsOf(RULE, history);
  }

  private static List<Seed> seedsOf(String rule, Event... history) {
    TestSeeds seeds =
        new TestSeeds(
            RuleCompiler.compile(RuleReader.read(rule.getBytes(UTF_8))),
            START.plus(WRITTEN).minus(HandOver.LAG));
    for (Event event : history) {
      seeds.take(event.toBytes(), event.subject(), event.time().plusMillis(40).toEpochMilli());
    }
    return seeds.seeds();
  }
}
