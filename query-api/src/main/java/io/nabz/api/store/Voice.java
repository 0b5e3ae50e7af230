package io.nabz.api.store;

import io.nabz.model.KpiFigures;
import java.time.Instant;
import java.util.List;

/**
 * What customers say in a period, beside the period of the same length before it.
 *
 * @param all everything together
 * @param topics the most talked about first
 * @param terms words and pairs of words that are said more often than before, the surest first
 * @param touchpoints as surveys name them, or else channels
 * @param stages of the customer's way
 * @param clues functional, mechanic, human
 */
public record Voice(
    Instant from,
    Instant to,
    Instant beforeFrom,
    Part all,
    List<Part> topics,
    List<Term> terms,
    List<Part> touchpoints,
    List<Part> stages,
    List<Part> clues) {

  public Voice {
    topics = List.copyOf(topics);
    terms = List.copyOf(terms);
    touchpoints = List.copyOf(touchpoints);
    stages = List.copyOf(stages);
    clues = List.copyOf(clues);
  }

  /**
   * Figures of one name.
   *
   * @param name null for all
   * @param texts in the customers' own words; null for none
   * @param sentiment mean of those that feel anything, -1 to 1
   * @param before the same of the period before; null when nothing was said
   * @param examples only of topics; personal data is masked
   */
  public record Part(
      String name,
      KpiFigures.Texts texts,
      KpiFigures.Mean sentiment,
      KpiFigures.Csat csat,
      KpiFigures.Nps nps,
      KpiFigures.Mean ces,
      Before before,
      Change change,
      List<Example> examples) {

    public Part {
      examples = examples == null ? null : List.copyOf(examples);
    }

    Part with(List<Example> newExamples) {
      return new Part(name, texts, sentiment, csat, nps, ces, before, change, newExamples);
    }

    long count() {
      return texts == null ? 0 : texts.count();
    }
  }

  public record Before(
      KpiFigures.Texts texts,
      KpiFigures.Mean sentiment,
      KpiFigures.Csat csat,
      KpiFigures.Nps nps,
      KpiFigures.Mean ces) {}

  /**
   * Against the period before; left out is what one of them does not have.
   *
   * @param texts 0.5 for half as many again
   * @param sentiment difference of the means
   */
  public record Change(Double texts, Double sentiment, Double csat, Double nps, Double ces) {}

  public record Example(String text, Double sentiment, Instant time, String channel, String type) {}

  /**
   * @param texts in how many texts that were looked at it is
   * @param before in how many of those before
   * @param score Dunning's log-likelihood ratio; 10.8 is one chance in a thousand
   */
  public record Term(String term, long texts, long before, double score) {}
}
