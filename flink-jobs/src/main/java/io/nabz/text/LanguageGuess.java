package io.nabz.text;

/**
 * Tells Persian, English and others apart by script and everyday words, and turns Persian in Latin
 * letters into Persian words where they stand.
 */
final class LanguageGuess {
  private static final double MIXED_FROM = 0.15;

  private final Lexicon lexicon;
  private final char[] buffer = new char[96];
  private Language language = Language.OTHER;
  private boolean mixed;
  private double persianShare;

  LanguageGuess(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  Language language() {
    return language;
  }

  boolean mixed() {
    return mixed;
  }

  double persianShare() {
    return persianShare;
  }

  void read(Tokens t, Language hint) {
    int persian = 0;
    int arabic = 0;
    int latin = 0;
    int english = 0;
    int foreignLatin = 0;
    int foreign = 0;
    int finglish = 0;
    for (int i = 0; i < t.count; i++) {
      switch (t.kind[i]) {
        case Tokens.FA -> {
          persian++;
          if (lexicon.common.of(t.surface[i]) == CommonWords.ARABIC) {
            arabic++;
          }
        }
        case Tokens.LATIN -> {
          latin++;
          int common = lexicon.common.of(t.surface[i]);
          boolean known =
              common == CommonWords.EN || lexicon.words.knows(t.surface[i]) || t.stem[i] != 0;
          boolean persianWord = lexicon.finglish.find(t, i, buffer) >= 0;
          english += known && !persianWord ? 1 : 0;
          foreignLatin += common == CommonWords.LATIN && !known ? 1 : 0;
          finglish += persianWord && !known ? 1 : 0;
        }
        case Tokens.FOREIGN -> foreign++;
        default -> {}
      }
    }
    boolean latinIsPersian = persian < latin && finglish > english && finglish * 5 >= latin * 2;
    if (latinIsPersian && latin > 0) {
      asPersian(t);
      persian += latin;
      latin = 0;
    }
    decide(hint, persian, arabic, latin, english, foreignLatin, foreign);
  }

  private void decide(
      Language hint,
      int persian,
      int arabic,
      int latin,
      int english,
      int foreignLatin,
      int foreign) {
    int all = persian + latin + foreign;
    mixed = false;
    persianShare = all == 0 ? 0 : (double) persian / all;
    if (all == 0) {
      language = hint == null ? Language.OTHER : hint;
    } else if (foreign * 2 > all) {
      language = Language.OTHER;
    } else if (persian >= latin) {
      language =
          arabic * 5 >= persian && arabic > 1 && hint != Language.FA ? Language.OTHER : Language.FA;
    } else if (foreignLatin > english || (english == 0 && latin > 3)) {
      language = hint == null ? Language.OTHER : hint;
    } else {
      language = Language.EN;
    }
    mixed =
        language != Language.OTHER
            && persian > 0
            && latin > 0
            && Math.min(persianShare, 1 - persianShare) >= MIXED_FROM;
  }

  private void asPersian(Tokens t) {
    for (int i = 0; i < t.count; i++) {
      if (t.kind[i] != Tokens.LATIN) {
        continue;
      }
      int word = lexicon.finglish.find(t, i, buffer);
      if (word >= 0) {
        replace(t, i, lexicon.finglish.word(word));
      }
    }
    lexicon.words.hash(t);
  }

  /** The new letters go to the end of the pool; the token keeps its place in the text. */
  private static void replace(Tokens t, int i, char[] word) {
    int at = t.poolSize;
    t.ensurePool(word.length);
    System.arraycopy(word, 0, t.pool, at, word.length);
    t.poolSize += word.length;
    t.offset[i] = at;
    t.length[i] = word.length;
    t.kind[i] = Tokens.FA;
    t.flags[i] &= ~(Tokens.VERB | Tokens.NEGATED | Tokens.COPULA);
  }
}
