package io.nabz.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The built-in scorer: lexicon, rules and a small linear model, Persian and English, with no I/O
 * after construction. Safe for many threads; a text past {@value #LONGEST} characters is read up to
 * there.
 */
public final class TextReader implements TextScorer {
  /** Characters of a text that are read; an event itself is refused at 256 KiB. */
  public static final int LONGEST = 65_536;

  private static final int KEPT_SCRATCH = 16_384;

  private final Lexicon lexicon;
  private final Matters matters;
  private final NgramModel model;
  private final ThreadLocal<Reading> scratch;

  private TextReader(Taxonomy taxonomy, NgramModel model) {
    this.lexicon = new Lexicon();
    this.matters = new Matters(lexicon, Taxonomy.signals(), taxonomy);
    this.model = model;
    this.scratch = ThreadLocal.withInitial(this::newReading);
  }

  private TextReader(TextReader other, NgramModel model) {
    this.lexicon = other.lexicon;
    this.matters = other.matters;
    this.model = model;
    this.scratch = ThreadLocal.withInitial(this::newReading);
  }

  /** With all that is shipped. */
  public static TextReader create() {
    return new TextReader(Taxonomy.shipped(), NgramModel.shipped());
  }

  /** With topics of one's own. */
  public static TextReader withTaxonomy(Path file) {
    try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new TextReader(Taxonomy.read(in), NgramModel.shipped());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the taxonomy " + file, e);
    }
  }

  /** The same, of topics that have been read already. */
  public static TextReader withTaxonomy(Taxonomy taxonomy) {
    return new TextReader(taxonomy, NgramModel.shipped());
  }

  /** With a model of one's own, from the training command. */
  public TextReader withModel(NgramModel other) {
    return new TextReader(this, other);
  }

  /** Lexicon and rules alone. */
  public static TextReader withoutModel() {
    return new TextReader(Taxonomy.shipped(), NgramModel.none());
  }

  public String modelVersion() {
    return model.version();
  }

  @Override
  public TextReading read(String text, String languageHint) {
    if (text == null || text.isBlank()) {
      return TextReading.NOTHING;
    }
    if (text.length() > KEPT_SCRATCH) {
      return newReading().read(text, languageHint);
    }
    return scratch.get().read(text, languageHint);
  }

  /** The shipped lexicon as rows of phrase and weight. */
  public static List<String[]> weightedPhrases() {
    return Lexicon.weighted();
  }

  /** Phrases that name a topic or are mere courtesy, and everyday words: they feel nothing. */
  public static List<String> neutralPhrases() {
    List<String> out = new ArrayList<>();
    Resource.rows("taxonomy.tsv").stream()
        .filter(r -> !r[0].equals("praise"))
        .forEach(r -> out.add(r[2]));
    Resource.rows("words-fa.tsv").stream()
        .filter(r -> r[1].equals("polite"))
        .forEach(r -> out.add(r[0]));
    Resource.rows("words-en.tsv").stream()
        .filter(r -> r[1].equals("polite"))
        .forEach(r -> out.add(r[0]));
    Resource.rows("common.tsv").stream()
        .filter(r -> r[0].equals("fa") || r[0].equals("en"))
        .forEach(r -> out.add(r[1]));
    return out;
  }

  /** The model's buckets of a text, for training; the same cutting and folding as in reading. */
  public int[] features(String text) {
    Reading reading = scratch.get();
    int[] all = NgramModel.buffer();
    int n = NgramModel.features(reading.prepare(text, null), all);
    return Arrays.copyOf(all, n);
  }

  private Reading newReading() {
    return new Reading(lexicon, matters, model);
  }
}
