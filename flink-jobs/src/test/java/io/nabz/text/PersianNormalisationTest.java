package io.nabz.text;

import static io.nabz.text.SentimentLabel.NEGATIVE;
import static io.nabz.text.SentimentLabel.POSITIVE;
import static io.nabz.text.Texts.label;
import static io.nabz.text.Texts.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersianNormalisationTest {
  @Test
  void arabicAndPersianLettersReadTheSame() {
    assertThat(score("كيفيت خيلي عالي")).isCloseTo(score("کیفیت خیلی عالی"), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"باز نمی‌شه", "باز نمی شه", "باز نمیشه", "باز نمی‌شود", "باز نمیشود"})
  void aVerbReadsTheSameWithHalfSpaceSpaceAndNeither(String text) {
    assertThat(label(text)).isEqualTo(NEGATIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"عاااالی بود", "عالیییییی بود", "عــالــی بود", "عَالی بود"})
  void stretchedAndMarkedLettersAreSeenThrough(String text) {
    assertThat(label(text)).isEqualTo(POSITIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"بی‌کیفیت", "بی کیفیت", "بیکیفیت"})
  void thePrefixBiIsReadHoweverItIsJoined(String text) {
    assertThat(label(text)).isEqualTo(NEGATIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kheili bad bood", "kheyli bade", "asan razi nistam", "barname baz nemishe"})
  void badThingsInLatinLettersAreRead(String text) {
    assertThat(label(text)).isEqualTo(NEGATIVE);
    assertThat(Texts.read(text).language()).isEqualTo(Language.FA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kheili aali mamnoon", "damet garm, moshkelam hal shod", "mersi kheyli khoob bud"})
  void goodThingsInLatinLettersAreRead(String text) {
    assertThat(label(text)).isEqualTo(POSITIVE);
  }

  @Test
  void persianDigitsCountAsMarks() {
    assertThat(label("۱ از ۵")).isEqualTo(NEGATIVE);
    assertThat(label("۵ از ۵")).isEqualTo(POSITIVE);
  }
}
