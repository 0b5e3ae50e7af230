package io.nabz.benchmarks.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Multinomial naive Bayes over words and pairs of words: the baseline that did see the domain. */
final class NaiveBayes {
  private final Map<String, int[]> counts = new HashMap<>();
  private final long[] words = new long[3];
  private final int[] texts = new int[3];

  NaiveBayes(List<Labelled> examples) {
    for (Labelled one : examples) {
      int c = one.label() + 1;
      texts[c]++;
      for (String word : words(one.text())) {
        counts.computeIfAbsent(word, w -> new int[3])[c]++;
        words[c]++;
      }
    }
  }

  int classify(String text) {
    List<String> asked = words(text);
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < 3; c++) {
      if (texts[c] == 0) {
        continue;
      }
      double p = Math.log(texts[c]);
      for (String word : asked) {
        int[] n = counts.get(word);
        p += Math.log(((n == null ? 0 : n[c]) + 1.0) / (words[c] + counts.size()));
      }
      if (p > most) {
        most = p;
        best = c;
      }
    }
    return best - 1;
  }

  static List<String> words(String text) {
    List<String> out = new ArrayList<>();
    String before = "^";
    for (String word : text.replace('ي', 'ی').replace('ك', 'ک').split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty()) {
        String lower = word.toLowerCase(Locale.ROOT);
        out.add(lower);
        out.add(before + ' ' + lower);
        before = lower;
      }
    }
    return out;
  }
}
