package io.nabz.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest {
  private static final String[] PIECES = {
    "\uD83D",
    "\uDE00",
    "\u202E",
    "\u2066",
    "\uFEFF",
    "\u0000",
    "<script>",
    "</",
    "&amp;",
    "می ",
    "نمی",
    "بی ",
    "\u200C",
    "خوب",
    "نیست",
    "ولی ",
    "but ",
    "not ",
    "😡",
    "9/10 ",
    "از ",
    "؟",
    "!",
    "\n",
    "ﷲ",
    "ﻻ",
    "é",
    "ａ",
    "۵",
    "@",
    ":(",
    "«",
    "999999999999999999999999999999",
    "1.",
    "x",
    "http://",
    "\uDBFF\uDFFF",
    "中",
    "ا",
    "kheili ",
    "آآآآ",
    "''",
    "’"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n\t",
        "\u0000",
        "\uD83D",
        "\uDE00x",
        "\u202E\u202D",
        "<",
        "&",
        "@",
        ":",
        "/",
        "از ",
        "می",
        "بی"
      })
  void oddTextsAreReadWithoutAnException(String text) {
    assertThatCode(() -> Texts.read(text)).doesNotThrowAnyException();
  }

  @Test
  void nullAndBlankSayNothing() {
    assertThat(Texts.read(null)).isSameAs(TextReading.NOTHING);
    assertThat(Texts.read("  \n")).isSameAs(TextReading.NOTHING);
  }

  @Test
  void markupIsNotReadAsWords() {
    TextReading reading = Texts.read("<div class=\"awful terrible\">Tuesday</div>");
    assertThat(reading.spans()).isEmpty();
    assertThat(reading.label()).isEqualTo(SentimentLabel.NEUTRAL);
  }

  @Test
  void directionControlsChangeNothing() {
    assertThat(Texts.score("\u202Eافت\u200Fضاح\u202C")).isEqualTo(Texts.score("افتضاح"));
  }

  @Test
  void randomTextsNeverThrowAndTheirSpansLieInside() {
    long seed = Long.getLong("nabz.seed", 1);
    Random random = new Random(seed);
    for (int n = 0; n < 4_000; n++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(
            random.nextInt(4) == 0
                ? String.valueOf((char) random.nextInt(1 << 16))
                : PIECES[random.nextInt(PIECES.length)]);
      }
      String said = text.toString();
      TextReading reading;
      try {
        reading = Texts.read(said);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " text " + n, e);
      }
      int points = said.codePointCount(0, said.length());
      assertThat(reading.spans()).as("seed %d text %d", seed, n).allMatch(s -> s.to() <= points);
    }
  }

  @Test
  void aGiganticTextIsReadUpToTheLimit() {
    String text = "عالی ".repeat(400_000) + "افتضاح";
    assertThat(Texts.read(text).label()).isEqualTo(SentimentLabel.POSITIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "<a",
        "می ",
        "بی ",
        "خوب نیست ",
        "not good but ",
        "😡",
        "&amp",
        "9/10 ",
        "!",
        "http",
        "آ",
        "'"
      })
  void theCostOfAHostileTextIsLinear(String piece) {
    String whole = piece.repeat(65_536 / piece.length());
    String quarter = piece.repeat(16_384 / piece.length());
    for (int i = 0; i < 40; i++) {
      Texts.read(whole);
    }
    // Processor time, so that busy neighbours count less; 16 times would be quadratic. How long it
    // takes is for ./nabz bench text to say.
    double few = cost(quarter);
    double many = cost(whole);
    assertThat(many).isLessThan(Math.max(few, 0.5) * 11);
  }

  private static double cost(String text) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Texts.read(text);
      best =
          Math.min(
              best, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6);
    }
    return best;
  }

  @Test
  void manyThreadsReadTheSameAsOne() throws Exception {
    List<String> texts = List.of("خیلی بد بود", "thank you so much", "kheili khoob", "چرا قطع شد؟");
    List<TextReading> alone = texts.stream().map(Texts::read).toList();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<TextReading>>> work = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        work.add(() -> texts.stream().map(Texts::read).toList());
      }
      for (Future<List<TextReading>> one : pool.invokeAll(work)) {
        assertThat(one.get()).isEqualTo(alone);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
