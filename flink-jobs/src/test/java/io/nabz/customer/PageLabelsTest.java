package io.nabz.customer;

import static io.nabz.testkit.PageLabels.assertLabelled;

import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.CartState;
import io.nabz.model.Channel;
import io.nabz.model.ContactState;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import io.nabz.model.IdentifierType;
import io.nabz.model.Severity;
import io.nabz.text.SentimentLabel;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every word that a snapshot or an alert can hold has a label on the pages. */
class PageLabelsTest {
  private static final FlagPolicy POLICY = FlagPolicy.DEFAULT;

  @Test
  void every_flag_and_the_step_that_it_calls_for_have_a_label() {
    assertLabelled("flag", codes(FlagCode.class, FlagCode::name));
    assertLabelled("action", codes(FlagCode.class, Actions::of));
  }

  @Test
  void every_likely_reason_and_the_queue_it_suggests_have_a_label() {
    assertLabelled("topic", POLICY.reasonQueues().keySet());
    assertLabelled("topic", POLICY.reasonQueues().values());
  }

  @Test
  void every_tier_that_makes_a_vip_has_a_label() {
    assertLabelled("tier", POLICY.vipTiers());
  }

  @Test
  void every_mood_and_its_trend_have_a_label() {
    assertLabelled("sentiment", codes(SentimentLabel.class, SentimentLabel::code));
    assertLabelled("trend", List.of("falling", "rising", "steady"));
  }

  @Test
  void every_word_of_the_vocabulary_has_a_label() {
    assertLabelled("channel", codes(Channel.class, Channel::code));
    assertLabelled("contactState", codes(ContactState.class, ContactState::code));
    assertLabelled("cartState", codes(CartState.class, CartState::code));
    assertLabelled("severity", codes(Severity.class, Severity::code));
    assertLabelled("audience", codes(Audience.class, Audience::code));
    assertLabelled("identifier", codes(IdentifierType.class, IdentifierType::code));
    List<String> states = codes(AlertState.class, AlertState::code);
    // Nobody is shown an alert that was held back.
    states.remove(AlertState.SUPPRESSED.code());
    assertLabelled("alertState", states);
  }

  @Test
  void every_event_that_a_timeline_can_hold_has_a_label() throws IllegalAccessException {
    List<String> types = new ArrayList<>();
    for (Field field : EventTypes.class.getFields()) {
      if (field.get(null) instanceof String type && !EventTypes.isCustomerless(type)) {
        types.add(type);
      }
    }
    // It leaves no timeline behind.
    types.remove(EventTypes.CUSTOMER_ERASED);
    assertLabelled("event", types);
  }

  private static <E extends Enum<E>> List<String> codes(Class<E> words, Function<E, String> code) {
    return new ArrayList<>(Arrays.stream(words.getEnumConstants()).map(code).toList());
  }
}
