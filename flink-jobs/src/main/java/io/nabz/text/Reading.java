package io.nabz.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One thread's workbench for reading texts, one after the other. */
final class Reading {
  private static final double SOFTNESS = 0.55;
  private static final double MODEL_SHARE = 0.15;

  /**
   * The model alone cannot make a text good or bad, only lean; with words that feel it may weigh.
   */
  private static final double MODEL_ALONE = 0.1;

  private static final double MODEL_BESIDE = 0.2;

  private final Lexicon lexicon;
  private final Matters matters;
  private final NgramModel model;
  private final Clauses clauses;
  private final Tokens t = new Tokens();
  private final Hits hits = new Hits();
  private final Matters.Found found = new Matters.Found();
  private final LanguageGuess guess;
  private final int[] features = NgramModel.buffer();

  Reading(Lexicon lexicon, Matters matters, NgramModel model) {
    this.lexicon = lexicon;
    this.matters = matters;
    this.model = model;
    this.clauses = new Clauses(lexicon);
    this.guess = new LanguageGuess(lexicon);
  }

  TextReading read(String text, String hint) {
    prepare(text, hint);
    if (t.count == 0) {
      return TextReading.NOTHING;
    }
    clauses.read(t, hits);
    Ratings.read(t, hits);
    matters.read(t, found);
    double felt = 0;
    double strength = 0;
    for (int h = 0; h < hits.count; h++) {
      felt += hits.weight[h];
      strength += Math.abs(hits.weight[h]);
    }
    felt *= 1 + 0.06 * Math.min(3, t.exclamations);
    double learnt = guess.language() == Language.OTHER ? 0 : model.margin(t, features);
    double most = MODEL_ALONE + MODEL_BESIDE * Math.min(1, Math.abs(felt));
    double sum = felt + clamp(MODEL_SHARE * learnt, most);
    double score = clamp(sum / Math.sqrt(sum * sum + SOFTNESS), 1);
    double agreement = strength == 0 ? 0.4 : Math.abs(felt) / strength;
    double confidence =
        clamp(0.35 + 0.4 * agreement * Math.min(1, strength) + 0.25 * Math.abs(score), 1);
    TextOutput out = new TextOutput(text, t, hits);
    return new TextReading(
        guess.language(),
        score,
        SentimentLabel.of(score),
        confidence,
        out.spans(),
        parts(score),
        out.emotions(score),
        topics(out),
        signal(out, Matters.THREAT, "threat_to_leave"),
        signal(out, Matters.URGENT, "urgency"),
        out.abuse());
  }

  /** Cuts, understands and hashes the words; what training and reading share. */
  Tokens prepare(String text, String hint) {
    int limit = Math.min(text.length(), TextReader.LONGEST);
    Tokenizer.tokenize(text, limit, t);
    lexicon.words.hash(t);
    guess.read(t, Language.ofHint(hint));
    return t;
  }

  private Optional<Signal> signal(TextOutput out, int code, String name) {
    return found.best[code] > 0
        ? Optional.of(out.signal(name, found.confidence(code), found.first[code], found.last[code]))
        : Optional.empty();
  }

  private List<Signal> topics(TextOutput out) {
    List<Signal> topics = new ArrayList<>(4);
    for (int code = Matters.URGENT + 1; code < matters.codes.size(); code++) {
      if (found.best[code] > 0) {
        topics.add(
            out.signal(
                matters.codes.get(code),
                found.confidence(code),
                found.first[code],
                found.last[code]));
      }
    }
    topics.sort((a, b) -> Double.compare(b.confidence(), a.confidence()));
    return topics;
  }

  private List<TextPart> parts(double score) {
    if (!guess.mixed()) {
      return List.of(new TextPart(guess.language(), 1, score));
    }
    double persian = 0;
    double english = 0;
    for (int h = 0; h < hits.count; h++) {
      if (t.kind[hits.first[h]] == Tokens.FA) {
        persian += hits.weight[h];
      } else if (t.kind[hits.first[h]] == Tokens.LATIN) {
        english += hits.weight[h];
      }
    }
    double share = guess.persianShare();
    return List.of(
        new TextPart(Language.FA, share, persian / Math.sqrt(persian * persian + SOFTNESS)),
        new TextPart(Language.EN, 1 - share, english / Math.sqrt(english * english + SOFTNESS)));
  }

  private static double clamp(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }
}
