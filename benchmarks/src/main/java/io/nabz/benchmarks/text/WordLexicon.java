package io.nabz.benchmarks.text;

import io.nabz.text.TextReader;
import java.util.HashMap;
import java.util.Map;

/** The bare lexicon: adds up the weights of words, with none of the rules. */
final class WordLexicon {
  private final Map<String, Double> weights = new HashMap<>();

  WordLexicon() {
    TextReader.weightedPhrases().forEach(r -> weights.put(r[0], Double.parseDouble(r[1])));
  }

  double sum(String text) {
    double sum = 0;
    for (String word : NaiveBayes.words(text)) {
      sum += weights.getOrDefault(word, 0.0);
    }
    return sum;
  }
}
