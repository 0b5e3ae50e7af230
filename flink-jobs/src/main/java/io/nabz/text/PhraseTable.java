package io.nabz.text;

import java.util.ArrayList;
import java.util.List;

/** Phrases by the hashes of their words: finds the longest that starts at a token. */
final class PhraseTable<T> {
  private static final int PREFIX_ONLY = -1;
  private static final int MAX_WORDS = 7;

  private final LongTable nodes = new LongTable();
  private final LongTable inner = new LongTable();
  private final LongTable vocabulary = new LongTable();
  private final List<T> entries = new ArrayList<>();

  /** Length in tokens of the last match; kept by the caller because the table is shared. */
  static final class Match {
    int entry = -1;
    int tokens;
  }

  T entry(int index) {
    return entries.get(index);
  }

  int size() {
    return entries.size();
  }

  boolean knows(long word) {
    return vocabulary.has(word);
  }

  /** The entry of exactly these words, or null. */
  T find(long[] words, int count) {
    int at = nodes.get(key(words, count));
    return at == LongTable.ABSENT || at == PREFIX_ONLY ? null : entries.get(at);
  }

  void put(long[] words, int count, T entry) {
    if (count == 0 || count > MAX_WORDS) {
      throw new IllegalArgumentException("a phrase has 1 to " + MAX_WORDS + " words, not " + count);
    }
    long key = 0;
    for (int i = 0; i < count; i++) {
      vocabulary.put(words[i], 1);
      key = Hash.join(key, words[i]);
      if (i < count - 1) {
        inner.put(key, 1);
        if (!nodes.has(key)) {
          nodes.put(key, PREFIX_ONLY);
        }
      }
    }
    nodes.put(key, entries.size());
    entries.add(entry);
  }

  /** Finds the longest phrase that starts at token {@code at} and does not pass a boundary. */
  void longest(Tokens tokens, int at, Match match) {
    match.entry = -1;
    match.tokens = 0;
    descend(tokens, at, 0, 0, match);
  }

  private void descend(Tokens tokens, int at, long before, int depth, Match match) {
    if (at >= tokens.count || depth == MAX_WORDS) {
      return;
    }
    long surface = tokens.surface[at];
    step(tokens, at, Hash.join(before, surface), depth, match);
    long stem = tokens.stem[at];
    if (stem != surface && stem != 0) {
      step(tokens, at, Hash.join(before, stem), depth, match);
    }
  }

  private void step(Tokens tokens, int at, long key, int depth, Match match) {
    int node = nodes.get(key);
    if (node == LongTable.ABSENT) {
      return;
    }
    if (node != PREFIX_ONLY && depth + 1 > match.tokens) {
      match.entry = node;
      match.tokens = depth + 1;
    }
    if (inner.has(key) && !tokens.is(at, Tokens.BREAK)) {
      descend(tokens, at + 1, key, depth + 1, match);
    }
  }

  private static long key(long[] words, int count) {
    long key = 0;
    for (int i = 0; i < count; i++) {
      key = Hash.join(key, words[i]);
    }
    return key;
  }
}
