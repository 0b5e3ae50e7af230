package io.nabz.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Bidi;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InsetTest {
  @ParameterizedTest
  @CsvSource({
    "15, 15, ۱۵",
    "2361, '2,361', ۲٬۳۶۱",
    "1250000.5, '1,250,000.5', ۱٬۲۵۰٬۰۰۰٫۵",
    "0.666666, 0.67, ۰٫۶۷"
  })
  void numbersHaveTheDigitsOfTheLanguage(double number, String en, String fa) {
    assertThat(Inset.EN.of(number)).isEqualTo(en);
    assertThat(Inset.FA.of(number)).isEqualTo(fa);
  }

  @Test
  void whatIsWrittenInTheOtherDirectionIsIsolated() {
    assertThat(Inset.FA.of("/pbx/tehran-2")).isEqualTo("\u2068/pbx/tehran-2\u2069");
    assertThat(Inset.FA.of(Instant.parse("2026-11-22T10:15:30Z")))
        .isEqualTo("\u20682026-11-22T10:15:30Z\u2069");
    assertThat(Inset.FA.of("021-88776655")).startsWith("\u2068");
    assertThat(Inset.FA.of("مریم نیک\u200cنام")).isEqualTo("مریم نیک\u200cنام");
    assertThat(Inset.EN.of("مریم")).isEqualTo("\u2068مریم\u2069");
    assertThat(Inset.EN.of("/pbx/tehran-2")).isEqualTo("/pbx/tehran-2");
  }

  @Test
  void aPersianLineIsReadInItsOrderAroundAPath() {
    String line = "از " + Inset.FA.of("/pbx/tehran-2") + " چیزی نرسیده است";
    Bidi bidi = new Bidi(line, Bidi.DIRECTION_RIGHT_TO_LEFT);
    int slash = line.indexOf('/');
    // Without the isolate the leading slash would be of the Persian words around it.
    assertThat(bidi.getLevelAt(slash)).isEven().isEqualTo(bidi.getLevelAt(slash + 1));
  }

  @Test
  void nothingPutInTurnsTheDirectionOrIsLongerThanALine() {
    assertThat(Inset.FA.of("\u202Eab\u2069\u200F\n")).isEqualTo("\u2068ab\u2069");
    assertThat(Inset.EN.of(" \u2066\t")).isEmpty();
    assertThat(Inset.EN.of("x".repeat(200))).hasSize(80);
  }
}
