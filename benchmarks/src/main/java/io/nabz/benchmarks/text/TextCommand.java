package io.nabz.benchmarks.text;

import io.nabz.text.TextReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench text}: how well and how fast texts are read, beside simple baselines. */
@Command(
    name = "text",
    mixinStandardHelpOptions = true,
    description = "Measures the text reader on labelled texts, beside simple baselines.")
public final class TextCommand implements Callable<Integer> {
  private static final String DIGIKALA = "comments-digikala-fa";
  private static final String DEEP = "sentences-deepsentipers-fa";

  @Option(
      names = "--recordings",
      description =
          "Folder of the recorded sets (default: NABZ_RECORDINGS); without it only our own sets are read.")
  private Path recordings = fromEnvironment();

  @Option(names = "--sets", description = "Folder of the hand-made sets.")
  private Path sets = Path.of("flink-jobs/src/test/resources/io/nabz/text");

  @Option(names = "--no-pace", description = "Leave out the measurement of speed.")
  private boolean noPace;

  private static Path fromEnvironment() {
    String set = System.getProperty("NABZ_RECORDINGS", System.getenv("NABZ_RECORDINGS"));
    return set == null || set.isBlank() ? null : Path.of(set);
  }

  @Override
  public Integer call() {
    TextReader reader = TextReader.create();
    TextReader rules = TextReader.withoutModel();
    Accuracy accuracy = new Accuracy(reader);
    List<Accuracy.Row> rows = new ArrayList<>();
    if (recordings == null || !Files.isDirectory(recordings)) {
      System.err.println(
          "no recordings: set NABZ_RECORDINGS or --recordings to measure on them too");
    } else {
      recorded(accuracy, rules, rows);
    }
    List<String> shortTexts = new ArrayList<>();
    for (String name : List.of("hard-fa", "support-en")) {
      for (String part : List.of("open", "held")) {
        List<Labelled> texts = Corpora.own(sets.resolve(name + ".tsv"), part);
        texts.forEach(t -> shortTexts.add(t.text()));
        rows.add(accuracy.measure(name + ", " + part, texts, null, rules));
      }
    }
    print(rows, reader);
    if (!noPace) {
      pace(reader, shortTexts);
    }
    return 0;
  }

  private void recorded(Accuracy accuracy, TextReader rules, List<Accuracy.Row> rows) {
    Path bank = recordings.resolve("reviews-banking-fa/comments.masked.csv.gz");
    if (Files.exists(recordings.resolve(DIGIKALA))) {
      rows.add(
          accuracy.measure(
              "Digikala test",
              Corpora.digikala(recordings.resolve(DIGIKALA + "/test.csv.gz")),
              Corpora.digikala(recordings.resolve(DIGIKALA + "/train.csv.gz")),
              rules));
    }
    if (Files.exists(bank)) {
      rows.add(accuracy.crossValidated("bank stars (5-fold)", Corpora.bankStars(bank), rules));
    }
    if (Files.exists(recordings.resolve(DEEP))) {
      rows.add(
          accuracy.measure(
              "DeepSentiPers test",
              Corpora.deepSentiPers(recordings.resolve(DEEP + "/test.csv.gz")),
              Corpora.deepSentiPers(recordings.resolve(DEEP + "/original.csv.gz")),
              rules));
    }
  }

  private static void print(List<Accuracy.Row> rows, TextReader reader) {
    System.out.printf("accuracy / macro-F1, model version %s%n%n", reader.modelVersion());
    System.out.println(
        "| set | texts | Nabz | rules, no model | naive Bayes in domain | bare lexicon | majority |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Accuracy.Row r : rows) {
      System.out.printf(
          "| %s | %d | %s | %s | %s | %s | %s |%n",
          r.set(), r.texts(), r.nabz(), r.rules(), r.bayes(), r.words(), r.majority());
    }
  }

  private static void pace(TextReader reader, List<String> texts) {
    Pace.Result pace = Pace.measure(reader, texts);
    System.out.printf(
        Locale.ROOT,
        "%none core: %,d texts/s (%.0f characters on average); 2,000 characters p99 %.2f ms; 64 KiB of hostile text, worst kind %.1f ms%n",
        pace.textsPerSecond(),
        pace.meanChars(),
        pace.p99Millis(),
        pace.hostileMillis());
  }
}
