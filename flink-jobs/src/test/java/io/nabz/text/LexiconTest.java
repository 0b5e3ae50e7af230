package io.nabz.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexiconTest {
  @ParameterizedTest
  @ValueSource(strings = {"lexicon-fa.tsv", "lexicon-en.tsv", "emoji.tsv"})
  void weightsLieInRangeAndNoEntryIsThereTwice(String file) {
    Set<String> seen = new HashSet<>();
    for (String[] row : Resource.rows(file)) {
      assertThat(seen.add(row[0])).as(row[0]).isTrue();
      assertThat(Math.abs(Double.parseDouble(row[1]))).as(row[0]).isBetween(0.05, 1.0);
    }
  }

  @Test
  void theLexiconsAreRich() {
    assertThat(Resource.rows("lexicon-fa.tsv")).hasSizeGreaterThan(1_500);
    assertThat(Resource.rows("lexicon-en.tsv")).hasSizeGreaterThan(1_200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "the", "and", "to", "in", "is", "it", "you", "for", "و", "در", "به", "از", "که", "این",
        "را", "با", "من"
      })
  void anEverydayWordFeelsNothing(String word) {
    assertThat(Texts.read(word + " " + word + " " + word).spans()).isEmpty();
  }

  @Test
  void everyEntryIsFoundByTheReaderInTheFormInWhichItIsListed() {
    Lexicon lexicon = new Lexicon();
    List<String> missing =
        Stream.of("lexicon-fa.tsv", "lexicon-en.tsv")
            .flatMap(file -> Resource.rows(file).stream())
            .map(row -> row[0])
            .filter(phrase -> !found(lexicon, phrase))
            .toList();
    assertThat(missing).isEmpty();
  }

  private static boolean found(Lexicon lexicon, String phrase) {
    Tokens tokens = new Tokens();
    Tokenizer.tokenize(phrase, phrase.length(), tokens);
    lexicon.words.hash(tokens);
    PhraseTable.Match match = new PhraseTable.Match();
    lexicon.feelings.longest(tokens, 0, match);
    return match.tokens == tokens.count;
  }
}
