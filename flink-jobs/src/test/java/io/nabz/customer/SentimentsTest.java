package io.nabz.customer;

import static io.nabz.model.AlertState.OPEN;
import static io.nabz.model.FlagCode.NEGATIVE_SENTIMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.testkit.Events;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SentimentsTest {
  private static final Events CUSTOMER = Events.of("C-1");
  private static final Event ANGRY = CUSTOMER.message("m-1", "خیلی بد بود", -0.8);

  @Test
  void anAngryMessageRaisesTheFlagAndIsShown() {
    Life life = new Life().with(ANGRY);

    assertThat(life.flags()).containsExactly(NEGATIVE_SENTIMENT);
    assertThat(life.alerts(NEGATIVE_SENTIMENT, OPEN)).hasSize(1);
    assertThat(life.snapshot().sentiment().label()).isEqualTo("negative");
    assertThat(life.snapshot().sentiment().lastText().text()).isEqualTo("خیلی بد بود");
  }

  @Test
  void theFlagDoesNotFlickerBetweenTheTwoThresholds() {
    Life life = new Life().with(ANGRY, message(1, -0.3), message(2, -0.6));
    assertThat(life.flags()).containsExactly(NEGATIVE_SENTIMENT);
    assertThat(life.alerts(NEGATIVE_SENTIMENT, OPEN)).as("still the same upset").hasSize(1);

    assertThat(life.with(message(3, 0.1)).flags()).isEmpty();
  }

  @Test
  void withoutANewerSignItEndsAfterADay() {
    Life life = new Life().with(ANGRY);

    assertThat(life.until(Duration.ofHours(24).minusMillis(1)).flags())
        .containsExactly(NEGATIVE_SENTIMENT);
    assertThat(life.until(Duration.ofHours(24)).flags()).isEmpty();
  }

  @Test
  void aLateMessageDoesNotOverwriteANewerOne() {
    Life life = new Life().with(message(5, 0.7), ANGRY);

    assertThat(life.snapshot().sentiment().score()).isEqualTo(0.7);
    assertThat(life.flags()).isEmpty();
  }

  @Test
  void aSentimentOutsideItsRangeIsNoSentiment() {
    Life life = new Life().with(CUSTOMER.message("m", "?", -7));

    assertThat(life.snapshot().sentiment().score()).isNull();
  }

  private static Event message(int minutes, double sentiment) {
    return CUSTOMER
        .after(Duration.ofMinutes(minutes))
        .message("m-after-" + minutes, "text", sentiment);
  }

  @Test
  void withoutAnUpstreamSentimentTheWordsThemselvesAreRead() {
    String angry = "سه بار زنگ زدم و کسی جواب نداد، افتضاحه";
    Life life = new Life().with(written(0, "سلام، سفارشم کی می‌رسه؟"), written(1, angry));

    assertThat(life.flags()).contains(NEGATIVE_SENTIMENT);
    assertThat(life.snapshot().sentiment().lastText().text()).isEqualTo(angry);
    assertThat(life.snapshot().sentiment().lastText().spans()).isNotEmpty();

    assertThat(life.with(written(2, "شماره سفارش ۱۲۳۴ است")).flags())
        .as("a plain message is no sign that the anger has passed")
        .contains(NEGATIVE_SENTIMENT);
    assertThat(life.with(written(3, "خیلی ممنون، عالی پیگیری کردید")).flags())
        .doesNotContain(NEGATIVE_SENTIMENT);
  }

  @Test
  void theLowOfTheContactInProgressIsThatOfThisContactAlone() {
    Life life = new Life().with(message(0, -0.9), CUSTOMER.after(Duration.ofMinutes(5)).call("k"));
    assertThat(life.snapshot().sentiment().contactLow()).isNull();

    life.with(message(6, -0.4), message(7, 0.2));
    assertThat(life.snapshot().sentiment().contactLow()).isEqualTo(-0.4);
  }

  @Test
  void anUpstreamSentimentStandsAndTheWordsThatBearItOutAreShown() {
    String text = "The phone is great but the delivery was a complete disaster";
    Life life = new Life().with(CUSTOMER.message("m", text, -0.7));

    var sentiment = life.snapshot().sentiment();
    assertThat(sentiment.score()).isEqualTo(-0.7);
    assertThat(sentiment.lastText().spans())
        .isNotEmpty()
        .allMatch(span -> span.get(2).signum() < 0);
  }

  @Test
  void whatTheAgentWritesIsNotTheCustomersFeeling() {
    Event sent =
        CUSTOMER.event(
            "s", EventTypes.MESSAGE_SENT, Events.data().put("text", "افتضاحه، خیلی بد شد"));

    assertThat(new Life().with(sent).snapshot().sentiment().score()).isNull();
  }

  private static Event written(int minutes, String text) {
    return CUSTOMER
        .after(Duration.ofMinutes(minutes))
        .event(
            "w-" + minutes,
            EventTypes.MESSAGE_RECEIVED,
            Events.data().put("channel", "chat").put("text", text));
  }
}
