package io.nabz.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All words and phrases that the reader knows, written by us, in Persian and English. */
final class Lexicon {
  final Words words;
  final PhraseTable<Entry> feelings = new PhraseTable<>();
  final Finglish finglish;
  final CommonWords common;
  private final Tokens scratch = new Tokens();
  private final long[] keys = new long[64];

  private record Raw(String phrase, Entry entry) {}

  Lexicon() {
    words = new Words(forms());
    finglish = new Finglish(Resource.rows("finglish.tsv"));
    common = new CommonWords(Resource.rows("common.tsv"));
    Map<String, Entry> merged = new HashMap<>();
    for (String file : List.of("lexicon-fa.tsv", "lexicon-en.tsv", "emoji.tsv")) {
      for (String[] row : Resource.rows(file)) {
        merged.merge(row[0], sentiment(row), (a, b) -> a.weight() != 0 ? a : b);
      }
    }
    for (String file : List.of("words-fa.tsv", "words-en.tsv")) {
      for (String[] row : Resource.rows(file)) {
        Role role = Role.valueOf(row[1].toUpperCase(Locale.ROOT));
        float value = row.length > 2 ? Float.parseFloat(row[2]) : 0;
        merged.merge(row[0], Entry.EMPTY.doing(role, value), (a, b) -> a.doing(role, value));
      }
    }
    List<Raw> all = new ArrayList<>();
    merged.forEach((phrase, entry) -> all.add(new Raw(phrase, entry)));
    all.sort((a, b) -> a.phrase.compareTo(b.phrase));
    all.forEach(raw -> learnWords(raw.phrase));
    all.forEach(raw -> add(raw.phrase, raw.entry));
  }

  private static WordForms forms() {
    List<String> past = new ArrayList<>();
    List<String> present = new ArrayList<>();
    Map<String, String> roots = new HashMap<>();
    List<String> notVerbs = new ArrayList<>();
    for (String[] row : Resource.rows("verbs-fa.tsv")) {
      switch (row[1]) {
        case "past" -> past.add(row[0]);
        case "present" -> present.add(row[0]);
        case "root" -> roots.put(row[0], row[2]);
        case "vadj" -> notVerbs.add(row[0]);
        default -> throw new IllegalStateException("verbs-fa.tsv: unknown kind " + row[1]);
      }
    }
    List<String> negators = new ArrayList<>();
    for (String[] row : Resource.rows("words-en.tsv")) {
      if (row[1].equals("neg") && row[0].endsWith("t") && !row[0].contains(" ")) {
        negators.add(row[0]);
      }
    }
    return new WordForms(past, present, roots, notVerbs, negators);
  }

  private static Entry sentiment(String[] row) {
    int emotions = 0;
    boolean abuse = false;
    if (row.length > 2) {
      for (String tag : row[2].split(",")) {
        if (tag.equals("abuse")) {
          abuse = true;
        } else if (tag.equals("sarcasm")) {
          return new Entry(Float.parseFloat(row[1]), 0, false, Role.SARCASM, 2);
        } else if (!tag.isBlank()) {
          emotions |= Emotion.valueOf(tag.toUpperCase(Locale.ROOT)).bit();
        }
      }
    }
    return Entry.EMPTY.feeling(Float.parseFloat(row[1]), emotions, abuse);
  }

  /** Cuts a phrase as a text would be cut; answers the number of words, their hashes in keys. */
  int keys(String phrase) {
    Tokenizer.tokenize(phrase, phrase.length(), scratch);
    words.hashAsWritten(scratch);
    int n = Math.min(scratch.count, keys.length);
    for (int i = 0; i < n; i++) {
      keys[i] = words.key(scratch, i);
    }
    return n;
  }

  long[] lastKeys() {
    return keys;
  }

  /** Single words and phrases with their weights, the first thing a model can learn from. */
  static List<String[]> weighted() {
    List<String[]> rows = new ArrayList<>(Resource.rows("lexicon-fa.tsv"));
    rows.addAll(Resource.rows("lexicon-en.tsv"));
    return rows;
  }

  void knowAll(String phrase) {
    learnWords(phrase);
  }

  private void learnWords(String phrase) {
    int n = keys(phrase);
    for (int i = 0; i < n; i++) {
      words.know(scratch.surface[i]);
    }
    if (n == 2 && scratch.kind[0] == Tokens.FA) {
      words.know(glued());
    }
  }

  private void add(String phrase, Entry entry) {
    int n = keys(phrase);
    if (n == 0) {
      return;
    }
    feelings.put(keys, n, entry);
    if (n == 2 && scratch.kind[0] == Tokens.FA && scratch.length[0] + scratch.length[1] > 4) {
      keys[0] = glued();
      if (feelings.find(keys, 1) == null) {
        feelings.put(keys, 1, entry);
      }
    }
  }

  /** «خوش دست» is also met as «خوشدست» and «خوش‌دست». */
  private long glued() {
    return Hash.of(scratch.pool, scratch.offset[0], scratch.length[0] + scratch.length[1]);
  }
}
