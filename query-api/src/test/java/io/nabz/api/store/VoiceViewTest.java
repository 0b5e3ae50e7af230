package io.nabz.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import io.nabz.model.Topic;
import io.nabz.model.Touchpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoiceViewTest {
  private static final Instant DAY = Instant.parse("2026-11-22T00:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));
  private static final Instant DAY_BEFORE = DAY.minus(Duration.ofDays(1));
  private static final VoiceQuery THE_DAY = new VoiceQuery(DAY, NEXT_DAY);

  @TempDir Path dir;
  private ViewStore store;
  private long offset;

  @BeforeEach
  void open() {
    store = ViewStore.open(dir, Clock.fixed(NEXT_DAY, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void figures(String dimension, KpiInterval interval, Instant start, ObjectNode figures) {
    figures.put("dimension", dimension).put("interval", interval.code()).put("version", 1);
    figures.put("start", start.toString());
    figures.put("end", start.plus(Duration.ofHours(1)).toString());
    KpiKey key = new KpiKey("default", dimension, interval, start);
    apply(Topic.KPIS, key.toString(), Json.bytes(figures));
  }

  private void hour(String dimension, Instant start, int count, double mean) {
    ObjectNode figures = Json.mapper().createObjectNode();
    figures.putObject("texts").put("count", count).put("negative", count).put("positive", 0);
    figures.putObject("sentiment").put("count", count).put("mean", mean);
    figures(dimension, KpiInterval.HOUR, start, figures);
  }

  private void said(
      String customer, String id, Instant at, String topic, String text, double felt) {
    Touchpoint touchpoint =
        new Touchpoint(
            id,
            "message.received",
            at,
            "chat",
            null,
            null,
            null,
            topic,
            text,
            felt,
            null,
            null,
            null,
            null,
            null);
    apply(Topic.TIMELINE, "default/" + customer, Json.bytes(touchpoint));
  }

  private void apply(Topic topic, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    store.apply(List.of(new ViewRecord(topic, 0, offset++, keyBytes, value)));
  }

  @Test
  void topicsAddUpOverThePeriodAndAreSetAgainstTheOneBefore() {
    hour("voice", DAY, 6, -0.5);
    hour("voice.topic:delivery", DAY, 2, -1);
    hour("voice.topic:delivery", DAY.plus(Duration.ofHours(23)), 4, -0.4);
    hour("voice.topic:billing", DAY, 5, 0.2);
    hour("voice.topic:delivery", DAY_BEFORE, 3, 0.1);
    hour("voice.topic:delivery", NEXT_DAY, 100, 1);
    hour("topic:delivery", DAY, 100, 1);

    Voice voice = store.voice("default", THE_DAY);

    assertThat(voice.beforeFrom()).isEqualTo(DAY_BEFORE);
    assertThat(voice.all().texts().count()).isEqualTo(6);
    assertThat(voice.topics()).extracting(Voice.Part::name).containsExactly("delivery", "billing");
    Voice.Part delivery = voice.topics().get(0);
    assertThat(delivery.texts()).isEqualTo(new KpiFigures.Texts(6, 6, 0));
    // (2 * -1 + 4 * -0.4) / 6
    assertThat(delivery.sentiment()).isEqualTo(new KpiFigures.Mean(6, -0.6));
    assertThat(delivery.before().texts().count()).isEqualTo(3);
    assertThat(delivery.change().texts()).as("twice as many").isEqualTo(1);
    assertThat(delivery.change().sentiment()).isEqualTo(-0.7);
    assertThat(voice.topics().get(1).change()).as("nobody spoke of bills before").isNull();
    assertThat(store.voice("other", THE_DAY).topics()).isEmpty();
  }

  @Test
  void surveysAreThereByTouchpointStageAndClue() {
    for (String of : List.of("voice.touchpoint:checkout", "voice.stage:buy", "voice.clue:human")) {
      ObjectNode figures = Json.mapper().createObjectNode();
      figures.putObject("csat").put("count", 4).put("mean", 3.5).put("satisfied", 0.5);
      figures.putObject("nps").put("count", 2).put("score", -50);
      figures.putObject("ces").put("count", 1).put("mean", 6);
      figures(of, KpiInterval.DAY, DAY, figures);
    }
    Voice voice = store.voice("default", new VoiceQuery(DAY.minus(Duration.ofDays(6)), NEXT_DAY));

    assertThat(voice.touchpoints()).extracting(Voice.Part::name).containsExactly("checkout");
    assertThat(voice.stages()).extracting(Voice.Part::name).containsExactly("buy");
    Voice.Part human = voice.clues().get(0);
    assertThat(human.csat()).isEqualTo(new KpiFigures.Csat(4, 3.5, 0.5));
    assertThat(human.nps()).isEqualTo(new KpiFigures.Nps(2, -50.0));
    assertThat(human.ces()).isEqualTo(new KpiFigures.Mean(1, 6.0));
    assertThat(human.texts()).isNull();
  }

  @Test
  void examplesAreTheStrongestOneACustomerAndGoWithTheCustomer() {
    hour("voice.topic:delivery", DAY, 4, -0.5);
    said("C-1", "a", DAY.plusSeconds(1), "delivery", "where is it, call 0912 345 6789", -0.3);
    said("C-1", "b", DAY.plusSeconds(2), "delivery", "awful, write to me@example.com", -0.9);
    said("C-2", "c", DAY.plusSeconds(3), "delivery", "late again", -0.5);
    said("C-2", "d", DAY_BEFORE, "delivery", "of another day", -1);
    said("C-3", "e", DAY.plusSeconds(4), "billing", "of another topic", -1);

    assertThat(examples()).containsExactly("awful, write to •••", "late again");

    apply(Topic.TIMELINE, "default/C-1", null);
    assertThat(examples()).as("what is erased is not quoted").containsExactly("late again");
  }

  private List<String> examples() {
    return store.voice("default", THE_DAY).topics().get(0).examples().stream()
        .map(Voice.Example::text)
        .toList();
  }

  @Test
  void termsEmergeWhenMoreTextsOfSeveralCustomersHoldThem() {
    for (int i = 0; i < 40; i++) {
      said("C-" + i, "b" + i, DAY_BEFORE.plusSeconds(i), null, "the order is fine", 0);
      boolean hasCode = i < 15;
      String text = hasCode ? "the order has no tracking code" : "the order is fine";
      said("C-" + i, "n" + i, DAY.plusSeconds(i), null, text, 0);
      said("C-0", "own" + i, DAY.plusSeconds(i), null, "zarathustra", 0);
    }

    List<Voice.Term> terms = store.voice("default", THE_DAY).terms();

    assertThat(terms)
        .extracting(Voice.Term::term)
        .contains("tracking code")
        .doesNotContain("the", "code");
    assertThat(terms)
        .as("what one customer repeats may be a name")
        .extracting(Voice.Term::term)
        .doesNotContain("zarathustra");
    Voice.Term first = terms.get(0);
    assertThat(first.texts()).isEqualTo(15);
    assertThat(first.before()).isZero();
  }

  @Test
  void withoutATimeItIsTheWeekToTheNewestDayInWhichAnythingWasSaid() {
    figures("voice", KpiInterval.DAY, DAY, Json.mapper().createObjectNode());

    Voice voice = store.voice("default", new VoiceQuery(null, null));

    // The figures say themselves when their day ends, which depends on the zone.
    assertThat(voice.to()).isEqualTo(DAY.plus(Duration.ofHours(1)));
    assertThat(voice.from()).isEqualTo(voice.to().minus(Duration.ofDays(7)));
  }

  @Test
  void aPeriodThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new VoiceQuery(NEXT_DAY, DAY)).hasMessageContaining("before to");
    assertThatThrownBy(() -> new VoiceQuery(DAY.minus(Duration.ofDays(400)), DAY))
        .hasMessageContaining("366 days");
    assertThatThrownBy(() -> store.voice("default", new VoiceQuery(NEXT_DAY.plusSeconds(1), null)))
        .hasMessageContaining("to as well");
  }
}
