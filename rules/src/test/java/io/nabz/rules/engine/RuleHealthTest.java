package io.nabz.rules.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What costs too much is held back and says why; the others go on. */
class RuleHealthTest {
  private static final Events C = Events.of("C-1");
  private static final long FIVE_SECONDS = Duration.ofSeconds(5).toNanos();
  private static final long ONE_MS = Duration.ofMillis(1).toNanos();
  private static final String KEY = "default/costly@suspended";

  private static final String COSTLY =
      """
      id: costly
      version: 3
      audience: agent
      name: {en: n, fa: ن}
      pattern:
        - {as: a, type: page.viewed, where: "event.data.items.all(x, event.data.items.exists(y, y == x + 1))"}
        - {as: b, type: contact.initiated}
      within: 1h
      then: {title: {en: t, fa: ت}}
      """;

  private static final String CHEAP =
      COSTLY.replace("id: costly", "id: cheap").replaceAll(", where: \"[^\"]*\"", "");

  private final RuleBook book = new RuleBook(List.of());
  private final RuleState state = new RuleState();
  private final List<Alert> alerts = new ArrayList<>();
  private long nanosAReading;
  private long nanos;

  /** Each measurement takes two readings, so that an event seems to take as long as one. */
  private final RuleEngine engine = new RuleEngine(() -> nanos += nanosAReading);

  private int events;

  @Test
  void aRuleThatTakesTooLongIsSuspendedUntilItIsChangedAndTheOthersRunOn() {
    book.take("default/costly", COSTLY.getBytes(UTF_8));
    nanosAReading = 2 * ONE_MS;

    // 16 * 100 events of 2 ms are 3.2 s of 5.
    for (int look = 0; look < 3; look++) {
      pages(1600);
      assertThat(book.news(FIVE_SECONDS)).as("a slow start suspends nobody").isEmpty();
    }
    pages(1600);
    Map<String, RuleStatus> news = book.news(FIVE_SECONDS);

    assertThat(news).containsOnlyKeys(KEY);
    assertThat(news.get(KEY).version()).isEqualTo(3);
    assertThat(news.get(KEY).reason()).startsWith("took 2.0 ms an event and 64 %");
    book.take("default/cheap", CHEAP.getBytes(UTF_8));
    assertThat(book.take(KEY, news.get(KEY).toBytes())).isTrue();
    assertThat(running()).containsExactly("cheap");
    pages(1);
    match(C.after(Duration.ofMinutes(1)).call("k"));
    assertThat(alerts).extracting(Alert::ruleId).containsExactly("cheap");

    book.take("default/costly", COSTLY.replace("version: 3", "version: 4").getBytes(UTF_8));
    assertThat(running()).as("a new version runs").containsExactly("cheap", "costly");
  }

  @Test
  void aSuspensionOutlivesARestartInWhateverOrderItIsRead() {
    RuleStatus status = new RuleStatus(RuleStatus.State.SUSPENDED, 3, "took too long");
    book.take(KEY, status.toBytes());
    book.take("default/costly", COSTLY.getBytes(UTF_8));

    assertThat(running()).isEmpty();
    assertThat(book.take("default/costly@throttled", status.toBytes())).isFalse();
    assertThat(book.take("default/costly@2", COSTLY.getBytes(UTF_8))).isFalse();
    assertThat(running()).isEmpty();
  }

  @Test
  void aRuleThatIsOnlyMetOftenIsNotSuspended() {
    book.take("default/cheap", CHEAP.getBytes(UTF_8));
    nanosAReading = ONE_MS / 10;
    for (int look = 0; look < 6; look++) {
      // 2,000 events of 0.1 ms are 0.2 s of 0.3, and yet no event takes long.
      pages(2_000);
      assertThat(book.news(FIVE_SECONDS / 16)).doesNotContainKey("default/cheap@suspended");
    }
    assertThat(running()).containsExactly("cheap");
  }

  @Test
  void aPauseOfTheProcessSuspendsNobody() {
    book.take("default/cheap", CHEAP.getBytes(UTF_8));
    for (int look = 0; look < 6; look++) {
      nanosAReading = FIVE_SECONDS / 2;
      pages(16);
      nanosAReading = 1;
      pages(16 * 30);
      assertThat(book.news(FIVE_SECONDS)).doesNotContainKey("default/cheap@suspended");
    }
  }

  @Test
  void aConditionThatGoesOverItsRoundsDoesNotHoldAndTheRuleSaysSo() {
    book.take("default/costly", COSTLY.getBytes(UTF_8));
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      items.add(i);
    }
    match(page("p", items));
    match(C.after(Duration.ofMinutes(1)).call("k"));

    assertThat(alerts).isEmpty();
    RuleStatus status = book.news(FIVE_SECONDS).get("default/costly@throttled");
    assertThat(status.reason()).contains("more rounds than it may on 1 events");
    assertThat(book.news(FIVE_SECONDS)).as("said once").isEmpty();
    assertThat(RuleStatus.of("default/costly@throttled", status.toJson())).isEqualTo(status);
  }

  private List<String> running() {
    return book.of("default").rules().stream().map(rule -> rule.rule().id()).toList();
  }

  private void pages(int count) {
    for (int i = 0; i < count; i++) {
      match(page("p" + events++, List.of(1)));
    }
  }

  private static Event page(String id, List<Integer> items) {
    return C.event(id, "page.viewed", Json.mapper().valueToTree(Map.of("items", items)));
  }

  private void match(Event event) {
    Call call =
        new Call(
            new CustomerKey("default", "C-1"),
            CustomerView.UNKNOWN,
            event.time(),
            Instant.EPOCH,
            alerts::add);
    engine.apply(book.of("default"), state, event, RuleEngine.NO_WATERMARK, call);
  }
}
