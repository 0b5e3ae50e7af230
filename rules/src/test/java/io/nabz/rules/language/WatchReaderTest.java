package io.nabz.rules.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nabz.rules.engine.RuleCompiler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchReaderTest {
  private static final String SILENT =
      """
      id: silent
      audience: supervisor
      name: {en: n, fa: ن}
      across: sources
      watch: {silentFor: 15m}
      cooldown: 1h
      then: {title: {en: "{{by}} {{minutes}}", fa: "{{by}} {{since}}"}}
      """;

  private static final String DEVIATES =
      """
      id: deviates
      audience: supervisor
      name: {en: n, fa: ن}
      across: queues
      watch: {figure: sentiment}
      cooldown: 1h
      then: {title: {en: "{{by}} {{value}}", fa: "{{usual}} {{limit}} {{contacts}} {{quarters}}"}}
      """;

  @Test
  void whatIsLeftOutHasItsDefault() {
    assertThat(read(SILENT).watch())
        .isEqualTo(new Watch.Silence(Duration.ofMinutes(15), Duration.ofMinutes(30)));
    assertThat(read(SILENT.replace("{silentFor: 15m}", "{}")).watch())
        .isEqualTo(new Watch.Silence(Duration.ofMinutes(15), Duration.ofMinutes(30)));
    assertThat(read(DEVIATES).watch())
        .isEqualTo(new Watch.Deviation(Watch.Figure.SENTIMENT, 3, 0.2, 20, Duration.ofDays(7), 12));
    assertThat(read(DEVIATES).pattern()).isEmpty();
    assertThat(read(DEVIATES).endsInAbsence()).isFalse();
  }

  @Test
  void whatHasNoMeaningThereIsRefusedWithItsPlaceAndARemedy() {
    assertThat(wrong(SILENT.replace("watch: {silentFor: 15m}\n", ""))).containsExactly("/watch");
    assertThat(wrong(SILENT.replace("15m", "30s"))).containsExactly("/watch/silentFor");
    assertThat(wrong(SILENT.replace("15m", "2d"))).containsExactly("/watch/silentFor");
    assertThat(wrong(SILENT.replace("silentFor: 15m", "figure: sentiment")))
        .containsExactly("/watch/figure");
    assertThat(wrong(SILENT.replace("supervisor", "agent"))).containsExactly("/audience");
    assertThat(wrong(SILENT.replace("cooldown: 1h\n", ""))).containsExactly("/cooldown");
    assertThat(wrong(SILENT.replace("cooldown: 1h", "cooldown: 31d"))).containsExactly("/cooldown");
    assertThat(wrong(SILENT + "by: source\nwithin: 15m\ncondition: 'true'\n"))
        .containsExactly("/within", "/by", "/condition");
    assertThat(wrong(SILENT + "pattern: [{as: a, type: b}]\n")).containsExactly("/pattern");
    assertThat(wrong(SILENT.replace("across: sources", "across: customers\nby: data.code")))
        .containsExactly("/pattern", "/watch");
    assertThat(wrong(SILENT.replace("across: sources\n", "") + "pattern: [{as: a, type: b}]\n"))
        .containsExactly("/watch");
    assertThat(wrong(DEVIATES.replace("figure: sentiment", "figure: aht")))
        .containsExactly("/watch/figure");
    assertThat(wrong(DEVIATES.replace("figure: sentiment", "atLeast: 2")))
        .containsExactly("/watch/figure", "/watch/atLeast");
    assertThat(wrong(DEVIATES.replace("figure: sentiment", "figure: sentiment, past: 8d")))
        .containsExactly("/watch/past");
  }

  @Test
  void itsWordsMayHoldWhatItFindsAndNothingElse() {
    RuleCompiler.compile(read(SILENT));
    RuleCompiler.compile(read(DEVIATES));
    for (String name : List.of("value", "event.data.code", "customer.customerId")) {
      RuleException refused = compileWrong(SILENT.replace("{{minutes}}", "{{" + name + "}}"));
      assertThat(refused.problems()).extracting(Problem::place).containsExactly("/then/title/en");
      assertThat(refused.getMessage()).contains("the names here are by, minutes, since");
    }
  }

  @Test
  void anotherWatchIsAnotherPatternAndOtherWordsAreNot() {
    var before = RuleCompiler.compile(read(SILENT));

    assertThat(RuleCompiler.compile(read(SILENT.replace("en: n", "en: m"))).goesOnFrom(before))
        .isTrue();
    assertThat(RuleCompiler.compile(read(SILENT.replace("15m", "20m"))).goesOnFrom(before))
        .isFalse();
  }

  private static Rule read(String yaml) {
    return RuleReader.read(yaml.getBytes(UTF_8));
  }

  private static RuleException compileWrong(String yaml) {
    return catchThrowableOfType(RuleException.class, () -> RuleCompiler.compile(read(yaml)));
  }

  private static List<String> wrong(String yaml) {
    RuleException refused = compileWrong(yaml);
    assertThat(refused).as(yaml).isNotNull();
    assertThat(refused.problems()).allMatch(problem -> !problem.remedy().isBlank());
    return refused.problems().stream().map(Problem::place).toList();
  }
}
