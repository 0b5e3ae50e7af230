package io.nabz.rules.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nabz.model.Alert;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.rules.catalogue.Catalogue;
import io.nabz.rules.language.Problem;
import io.nabz.rules.language.Rule;
import io.nabz.rules.language.RuleException;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that look across customers. */
class AcrossTest {
  private static final CrowdKey E_42 = new CrowdKey("default", "data.code", "E-42");

  private static final String THREE =
      """
      id: three
      version: 7
      audience: supervisor
      name: {en: n, fa: ن}
      across: customers
      by: data.code
      pattern:
        - {as: error, type: error.shown, aggregate: {function: distinct, field: customerId, window: 10m, atLeast: 3}}
      cooldown: 30m
      then: {title: {en: "{{by}} by {{event.data.channel | some way}}", fa: "{{by}}"}}
      """;

  private static final String ANOTHER =
      """
      id: another
      audience: supervisor
      name: {en: n, fa: ن}
      across: customers
      by: data.code
      pattern:
        - {as: first, type: error.shown}
        - {as: second, type: error.shown, where: "event.customerId != first.customerId"}
      within: 10m
      cooldown: 30m
      then: {title: {en: "{{by}}", fa: "{{by}}"}}
      """;

  private static final String NONE_MENDED =
      """
      id: none-mended
      audience: supervisor
      name: {en: n, fa: ن}
      across: customers
      by: data.code
      pattern:
        - {as: error, type: error.shown}
        - {as: fixed, type: error.fixed, not: true}
      within: 10m
      cooldown: 30m
      then: {title: {en: "{{by}} stays", fa: "{{by}}"}}
      """;

  @Test
  void customersAreCountedAndNotTheirEvents() {
    Play play = Play.of(THREE).across(E_42);

    play.with(error(0, "C-1", "a"), error(1, "C-1", "b"), error(2, "C-2", "c"));
    assertThat(play.open()).isEmpty();
    play.with(error(3, "C-3", "d"));

    assertThat(play.open()).hasSize(1);
    Alert alert = play.alerts.get(0);
    assertThat(alert.customerId()).isNull();
    assertThat(alert.assignee()).isNull();
    assertThat(alert.title().en()).isEqualTo("E-42 by some way");
    assertThat(play.evidence()).containsExactly(List.of("a", "b", "c", "d"));
  }

  @Test
  void oneWhoRepeatsDoesNotPushOutTheOthers() {
    Play play = Play.of(THREE).across(E_42).with(error(0, "C-1", "a"), error(0, "C-2", "b"));
    for (int i = 0; i < 2 * Window.MAX_ENTRIES; i++) {
      play.with(error(1, "C-2", "again-" + i));
    }
    assertThat(play.open()).isEmpty();

    assertThat(play.with(error(2, "C-3", "c")).open()).hasSize(1);
  }

  @Test
  void theAlertIsTheSameWhoeverCompletesIt() {
    Play one = Play.of(THREE).across(E_42);
    one.with(error(1, "C-1", "a"), error(2, "C-2", "b"), error(3, "C-3", "c"));
    Play other = Play.of(THREE).across(E_42);
    other.with(error(3, "C-3", "c"), error(1, "C-1", "a"), error(2, "C-2", "b"));

    assertThat(one.open()).hasSize(1).isEqualTo(other.open());
  }

  @Test
  void afterTheCooldownItIsAnotherAlertAndOfAnotherValueToo() {
    Play play = Play.of(THREE).across(E_42);
    for (int minute : new int[] {0, 15, 31}) {
      play.with(
          error(minute, "C-1", "a" + minute),
          error(minute, "C-2", "b" + minute),
          error(minute, "C-3", "c" + minute));
    }
    assertThat(play.open()).as("at 0 and 31").hasSize(2).doesNotHaveDuplicates();

    Play next = Play.of(THREE).across(new CrowdKey("default", "data.code", "E-43"));
    Event[] errors = {error(0, "C-1", "d"), error(0, "C-2", "e"), error(0, "C-3", "f")};
    for (Event error : errors) {
      error.data().put("code", "E-43");
    }
    assertThat(next.with(errors).open()).hasSize(1).doesNotContainAnyElementsOf(play.open());
  }

  @Test
  void aStepMayAskWhetherItIsAnotherCustomer() {
    Play play = Play.of(ANOTHER).across(E_42).with(error(0, "C-1", "a"), error(1, "C-1", "b"));
    assertThat(play.open()).isEmpty();

    assertThat(play.with(error(2, "C-2", "c")).open()).hasSize(1);
  }

  @Test
  void anAbsenceKnowsItsValueAndIsTakenBack() {
    Play play = Play.of(NONE_MENDED).across(E_42).with(error(0, "C-1", "a"));
    play.until(Duration.ofMinutes(10));
    assertThat(play.open()).hasSize(1);
    assertThat(play.alerts.get(0).title().en()).isEqualTo("E-42 stays");

    play.with(event("error.fixed", 9, "C-9", "late"));
    assertThat(play.retracted()).isEqualTo(play.open());
  }

  @Test
  void aFeedThatFallsSilentIsToldOnceFromItsLastEventOn() {
    String silent =
        NONE_MENDED
            .replace("data.code", "source")
            .replace("error.shown", "contact.*")
            .replace("error.fixed", "contact.*");
    Play play = Play.of(silent).across(new CrowdKey("default", "source", "/test"));
    for (int minute = 0; minute < 30; minute += 3) {
      play.with(event("contact.initiated", minute, "C-" + minute, "k" + minute));
      play.until(Duration.ofMinutes(minute + 2));
    }
    play.until(Duration.ofMinutes(27 + 9));
    assertThat(play.open()).isEmpty();

    play.until(Duration.ofMinutes(27 + 10));
    assertThat(play.open()).hasSize(1);
    assertThat(play.alerts.get(0).title().en()).isEqualTo("/test stays");
    assertThat(play.evidence()).containsExactly(List.of("k27"));
  }

  @Test
  void whatIsAboutAQueueIsForThatQueue() {
    String queue = THREE.replace("data.code", "data.queue");
    Play play = Play.of(queue).across(new CrowdKey("default", "data.queue", "billing"));
    for (int i = 0; i < 3; i++) {
      Event event = error(0, "C-" + i, "e" + i);
      event.data().put("queue", "billing");
      play.with(event);
    }

    assertThat(play.alerts).extracting(Alert::queue).containsExactly("billing");
  }

  @Test
  void anEventGoesToEachFieldThatItHasAndThatARuleWaitsFor() {
    Crowds crowds =
        new Crowds(
            List.of(
                Play.compile(THREE),
                Play.compile(ANOTHER),
                Play.compile(THREE.replace("data.code", "source").replace("three", "four")),
                Play.compile(THREE.replace("by: ", "enabled: false\nby: ").replace("code", "x"))));
    Event error = error(0, "C-1", "a");
    error.data().put("x", 1);

    assertThat(crowds.keysOf(error))
        .containsExactly(E_42, new CrowdKey("default", "source", error.source()));
    assertThat(crowds.keysOf(event("page.viewed", 0, "C-1", "b"))).isEmpty();
    error.data().remove("code");
    assertThat(crowds.keysOf(error)).hasSize(1);
    error.data().putObject("code");
    assertThat(crowds.keysOf(error)).as("an object is no value").hasSize(1);
  }

  @Test
  void aKeyIsReadAsItWasWrittenAndIsNeverLong() {
    CrowdKey key = new CrowdKey("acme", "data.a.b", "/x/" + "y".repeat(500));

    assertThat(CrowdKey.parse(key.toString())).isEqualTo(key);
    assertThat(key.value()).hasSize(128);
    assertThat(key.ofAlerts("three")).startsWith("acme/~three/").hasSizeLessThan(50);
  }

  @Test
  void theBookKeepsThemApartFromTheOthersAndTakesThemAtRunTime() {
    RuleBook book = new RuleBook(List.of());
    book.take("default/three", THREE.getBytes(UTF_8));
    String ofOne = THREE.replace("across: customers\n", "").replace("three", "one");
    book.take("default/one", ofOne.getBytes(UTF_8));

    assertThat(ids(book.of("default").rules())).containsExactly("one");
    assertThat(ids(book.crowds("default").rules())).containsExactly("three");
    assertThat(book.crowds("other").rules()).isEmpty();
    assertThat(ids(List.copyOf(book.running()))).containsExactlyInAnyOrder("one", "three");

    RuleStatus status = new RuleStatus(RuleStatus.State.SUSPENDED, 7, "r");
    book.take("default/three@suspended", status.toBytes());
    assertThat(book.crowds("default").rules()).isEmpty();
    book.take("default/three", THREE.replace("version: 7", "version: 8").getBytes(UTF_8));
    assertThat(book.crowds("default").rules()).hasSize(1);
    book.take("default/three", null);
    assertThat(book.crowds("default").rules()).isEmpty();
  }

  @Test
  void theBookKeepsThoseThatWatchApartFromTheOthersToo() {
    RuleBook book = new RuleBook(Catalogue.compiled());
    assertThat(ids(book.watches("default").sources())).containsExactly("feed-silent");
    assertThat(ids(book.watches("default").queues()))
        .containsExactly("queue-abandonment-out-of-line", "queue-sentiment-out-of-line");
    assertThat(ids(book.of("default").rules())).doesNotContain("feed-silent");
    assertThat(ids(book.crowds("default").rules())).doesNotContain("feed-silent");

    Rule silent =
        Catalogue.rules().stream().filter(one -> one.id().equals("feed-silent")).findFirst().get();
    book.take("acme/feed-silent", Json.bytes(silent.source().deepCopy().put("enabled", false)));
    assertThat(book.watches("acme").sources()).isEmpty();
    assertThat(book.watches("default").sources()).hasSize(1);
  }

  @Test
  void whatNeedsACustomerOrCostsTooMuchIsRefusedWithItsPlace() {
    assertThat(wrong(THREE.replace("by: data.code\n", ""))).contains("/by");
    assertThat(wrong(THREE.replace("data.code", "subject"))).contains("/by");
    assertThat(wrong(THREE.replace("supervisor", "agent"))).contains("/audience");
    assertThat(wrong(THREE.replace("supervisor", "marketing"))).contains("/audience");
    assertThat(wrong(THREE.replace("cooldown: 30m\n", ""))).containsExactly("/cooldown");
    assertThat(wrong(THREE.replace("across: customers", "across: agents")))
        .containsExactly("/across");
    assertThat(wrong(THREE + "ordering: eventTime\n")).containsExactly("/ordering");
    assertThat(wrong(THREE.replace("error.shown", "'*'"))).containsExactly("/pattern/0/type");
    assertThat(wrong(ANOTHER.replace("as: second,", "as: second, followed: strict,")))
        .containsExactly("/pattern/1");
    assertThat(wrong(THREE + "condition: \"customer.value.tier == 'gold'\"\n"))
        .containsExactly("/condition");
    assertThat(wrong(ANOTHER.replace("event.customerId != first.customerId", "customer.version>1")))
        .containsExactly("/pattern/1/where");
  }

  @Test
  void itsWordsDoNotSayWhoACustomerIs() {
    for (String path :
        List.of(
            "customer.customerId",
            "event.customerId",
            "event.subject",
            "error.data.identifiers.phone",
            "event.data.text")) {
      assertThat(wrong(THREE.replace("event.data.channel", path)))
          .as(path)
          .containsExactly("/then/title/en");
    }
    assertThat(wrong(THREE.replace("by: data.code", "by: data.identifiers.deviceId")))
        .containsExactly("/then/title/en", "/then/title/fa");
  }

  private static List<String> wrong(String yaml) {
    RuleException refused = catchThrowableOfType(RuleException.class, () -> Play.compile(yaml));
    assertThat(refused).as(yaml).isNotNull();
    return refused.problems().stream().map(Problem::place).toList();
  }

  private static List<String> ids(List<CompiledRule> rules) {
    return rules.stream().map(rule -> rule.rule().id()).toList();
  }

  private static Event error(int minute, String customer, String id) {
    return event("error.shown", minute, customer, id);
  }

  private static Event event(String type, int minute, String customer, String id) {
    return Events.of(customer)
        .after(Duration.ofMinutes(minute))
        .event(id, type, Events.data().put("code", "E-42"));
  }
}
