package io.nabz.text;

import static io.nabz.text.Texts.cut;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpansTest {
  @Test
  void aSpanCutsTheWordsThatCarriedTheScoreOutOfTheOriginal() {
    String text = "سلام، بسته‌بندی افتضاح بود";
    TextReading reading = Texts.read(text);
    assertThat(reading.spans()).extracting(s -> cut(text, s.from(), s.to())).contains("افتضاح");
    assertThat(reading.spans()).allMatch(s -> s.weight() < 0);
  }

  @Test
  void offsetsCountCodePointsAcrossEmojiAndMarkup() {
    String text = "😀😀 <b>سرویس</b> خیلی كُند شده و هنگ می‌کنه 😡";
    List<String> words =
        Texts.read(text).spans().stream().map(s -> cut(text, s.from(), s.to())).toList();
    assertThat(words).contains("هنگ می‌کنه", "😡");
  }

  @Test
  void aDeniedWordIsShownWithItsDenial() {
    String text = "اصلا جنس محکمی نیست";
    assertThat(Texts.read(text).spans())
        .extracting(s -> cut(text, s.from(), s.to()))
        .contains("محکمی نیست");
  }

  @Test
  void spansStandInReadingOrder() {
    List<Span> spans = Texts.read("عالی بود ولی دیر رسید و خراب بود").spans();
    assertThat(spans).hasSizeGreaterThan(1).isSortedAccordingTo((a, b) -> a.from() - b.from());
  }
}
