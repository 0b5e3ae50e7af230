package io.nabz.text;

import static io.nabz.testkit.PageLabels.assertLabelled;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmotionLabelsTest {
  @Test
  void every_emotion_that_is_told_apart_has_a_label_on_the_pages() {
    assertLabelled("emotion", Arrays.stream(Emotion.values()).map(e -> e.code).toList());
  }
}
