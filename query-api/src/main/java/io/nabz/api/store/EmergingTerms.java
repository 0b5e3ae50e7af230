package io.nabz.api.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words and pairs of neighbouring words that are in more texts than they were before: by the
 * log-likelihood ratio of T. Dunning, "Accurate methods for the statistics of surprise and
 * coincidence", 1993. Common words need no list: they are as common in both.
 */
final class EmergingTerms {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\u200c]{2,40}");

  /** One chance in a thousand. */
  private static final double LEAST_SCORE = 10.83;

  /** What fewer customers say may be a name. */
  private static final int LEAST_CUSTOMERS = 3;

  private static final int MOST = 20;

  /** In how many texts, and of which customers; of these no more are remembered than needed. */
  private static final class Found {
    long texts;
    final Set<String> customers = new HashSet<>();
  }

  private EmergingTerms() {}

  static List<Voice.Term> find(List<VoiceTexts.Said> now, List<VoiceTexts.Said> before) {
    Map<String, Found> nowIn = count(now);
    Map<String, Found> beforeIn = count(before);
    List<Voice.Term> terms = new ArrayList<>();
    nowIn.forEach(
        (term, found) -> {
          Found former = beforeIn.get(term);
          long formerTexts = former == null ? 0 : former.texts;
          double score = score(found.texts, now.size(), formerTexts, before.size());
          if (found.customers.size() >= LEAST_CUSTOMERS && score >= LEAST_SCORE) {
            double rounded = Math.round(score * 10) / 10.0;
            terms.add(new Voice.Term(term, found.texts, formerTexts, rounded));
          }
        });
    // Of a word and a pair that are equally sure the pair says more.
    terms.sort(
        Comparator.comparingDouble(Voice.Term::score)
            .thenComparingInt(term -> term.term().length())
            .reversed()
            .thenComparing(Voice.Term::term));
    return withoutParts(terms);
  }

  /** A word that is said in a pair that is listed already says nothing more. */
  private static List<Voice.Term> withoutParts(List<Voice.Term> terms) {
    List<Voice.Term> kept = new ArrayList<>();
    for (Voice.Term term : terms) {
      boolean isNews =
          kept.stream()
              .noneMatch(
                  other ->
                      (" " + other.term() + " ").contains(" " + term.term() + " ")
                          || (" " + term.term() + " ").contains(" " + other.term() + " "));
      if (isNews && kept.size() < MOST) {
        kept.add(term);
      }
    }
    return kept;
  }

  private static Map<String, Found> count(List<VoiceTexts.Said> texts) {
    Map<String, Found> found = new HashMap<>();
    for (VoiceTexts.Said said : texts) {
      for (String term : terms(Masking.mask(said.touchpoint().text()))) {
        Found of = found.computeIfAbsent(term, ignored -> new Found());
        of.texts++;
        if (of.customers.size() < LEAST_CUSTOMERS) {
          of.customers.add(said.customerId());
        }
      }
    }
    return found;
  }

  private static Set<String> terms(String text) {
    Set<String> terms = new HashSet<>();
    Matcher word = WORD.matcher(folded(text));
    String former = null;
    int formerEnd = -1;
    while (word.find()) {
      terms.add(word.group());
      if (former != null && word.start() == formerEnd + 1) {
        terms.add(former + ' ' + word.group());
      }
      former = word.group();
      formerEnd = word.end();
    }
    return terms;
  }

  /** Letters that are written in two ways become one. */
  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).replace('ي', 'ی').replace('ك', 'ک').replace("ـ", "");
  }

  /** Zero when it is not more frequent now. */
  private static double score(long now, long ofNow, long before, long ofBefore) {
    if (now * (double) Math.max(1, ofBefore) <= before * (double) ofNow || ofBefore == 0) {
      return 0;
    }
    double all = ofNow + (double) ofBefore;
    double in = now + (double) before;
    return 2
        * (part(now, ofNow * in / all)
            + part(before, ofBefore * in / all)
            + part(ofNow - now, ofNow * (all - in) / all)
            + part(ofBefore - before, ofBefore * (all - in) / all));
  }

  private static double part(double observed, double expected) {
    return observed == 0 ? 0 : observed * Math.log(observed / expected);
  }
}
