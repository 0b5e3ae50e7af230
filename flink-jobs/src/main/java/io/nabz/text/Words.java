package io.nabz.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives every token its hashes: the word as it stands, and beside it the stem or the verb's common
 * form («نمیکنند», «نمی‌کنه» → «نمیکن»; "doesn't" → "not"; "crashing" → "crash") when that is
 * known.
 */
final class Words {
  private static final String[] VERB_ENDINGS = {
    "", "م", "ی", "ه", "د", "ن", "یم", "ید", "ین", "ند", "ت", "س"
  };
  private static final String[] PAST_ENDINGS = {
    "", "م", "ی", "ن", "ه", "یم", "ید", "ین", "ند", "هام", "هاند", "هان", "هاید", "هاین", "س",
    "هاست", "تم"
  };
  private static final String[] SUFFIXES = {
    "ترینها", "ترین", "هاشون", "هاتون", "هامون", "هایش", "هایی", "هاش", "هاتو", "های", "هام", "ها",
    "تره", "تر", "شون", "تون", "مون", "شان", "تان", "مان", "ست", "ترن", "یه", "یم", "ید", "ین",
    "ند", "شو", "مو", "تو", "ام", "ات", "اش", "ای", "ان", "م", "ت", "ش", "ی", "ه", "و", "ن", "ا",
    "س"
  };
  private static final char[] NEMI = {'ن', 'م', 'ی'};
  private static final char[] MI = {'م', 'ی'};
  static final long NOT = Hash.of("not");

  private final LongTable verbs = new LongTable();
  private final LongTable roots = new LongTable();
  private final LongTable notVerbs = new LongTable();
  private final LongTable knownWords = new LongTable();
  private final List<Long> canons = new ArrayList<>();
  private final Set<Long> negators = new HashSet<>();
  private final char[][] suffixes;
  private final char[][] endings;

  Words(WordForms forms) {
    this.suffixes = chars(SUFFIXES);
    this.endings = chars(VERB_ENDINGS);
    forms.notVerbs().forEach(w -> notVerbs.put(Hash.of(w), 1));
    forms.englishNegators().forEach(w -> negators.add(Hash.of(w)));
    forms.past().forEach(this::past);
    forms.present().forEach(this::present);
    forms.roots().forEach((formal, root) -> roots.put(Hash.of(formal), canon(root)));
  }

  private static char[][] chars(String[] words) {
    char[][] out = new char[words.length][];
    for (int i = 0; i < words.length; i++) {
      out[i] = words[i].toCharArray();
    }
    return out;
  }

  private int canon(String form) {
    canons.add(Hash.of(form));
    return canons.size() - 1;
  }

  private void past(String stem) {
    roots.put(Hash.of(stem), canon(stem));
    int plain = canon(stem) << 1;
    int negated = canon("ن" + stem) << 1 | 1;
    int afterN = stem.startsWith("ا") ? canon("نی" + stem.substring(1)) << 1 | 1 : negated;
    for (String ending : PAST_ENDINGS) {
      verbs.put(Hash.of(stem + ending), plain);
      verbs.put(Hash.of("ن" + stem + ending), negated);
      if (afterN != negated) {
        verbs.put(Hash.of("نی" + stem.substring(1) + ending), negated);
        verbs.put(Hash.of("نی" + stem + ending), negated);
      }
    }
  }

  private void present(String root) {
    roots.put(Hash.of(root), canon(root));
    if (root.equals("دار")) {
      int plain = canon("دار") << 1;
      int negated = canon("ندار") << 1 | 1;
      for (String ending : VERB_ENDINGS) {
        if (!ending.isEmpty()) {
          verbs.put(Hash.of("دار" + ending), plain);
        }
        verbs.put(Hash.of("ندار" + ending), negated);
      }
      return;
    }
    if (root.length() < 2 && !root.equals("ش")) {
      return;
    }
    int plain = canon("ب" + root) << 1;
    int negated = canon("ن" + root) << 1 | 1;
    for (String ending : VERB_ENDINGS) {
      if (root.length() > 1 || !ending.isEmpty()) {
        verbs.put(Hash.of("ب" + root + ending), plain);
        verbs.put(Hash.of("ن" + root + ending), negated);
      }
    }
  }

  /** Tells which words the lexicons know, so that stems are only cut down to known words. */
  void know(long word) {
    knownWords.put(word, 1);
  }

  boolean knows(long word) {
    return knownWords.has(word);
  }

  /** Hashes the words of a lexicon, where a doubled letter is meant. */
  void hashAsWritten(Tokens t) {
    hash(t, false);
  }

  void hash(Tokens t) {
    hash(t, true);
  }

  private void hash(Tokens t, boolean loose) {
    for (int i = 0; i < t.count; i++) {
      if (t.kind[i] == Tokens.FA) {
        collapse(t, i, loose);
        persian(t, i);
      } else if (t.kind[i] == Tokens.LATIN) {
        collapse(t, i, loose && t.is(i, Tokens.STRETCHED));
        english(t, i);
      }
    }
  }

  /** A stretched word keeps the doubled letter only where a known word has one. */
  private void collapse(Tokens t, int i, boolean loose) {
    int from = t.offset[i];
    int length = t.length[i];
    long whole = Hash.of(t.pool, from, length);
    t.surface[i] = whole;
    t.stem[i] = 0;
    if (!loose || length < 3 || knows(whole)) {
      return;
    }
    boolean doubled = false;
    long h = Hash.SEED;
    char last = 0;
    for (int k = from; k < from + length; k++) {
      char c = t.pool[k];
      if (c == last) {
        doubled = true;
      } else {
        h = Hash.step(h, c);
      }
      last = c;
    }
    if (doubled && (knows(h) || t.is(i, Tokens.STRETCHED))) {
      if (!knows(h)) {
        squeeze(t, i);
      }
      t.surface[i] = h;
    }
  }

  private static void squeeze(Tokens t, int i) {
    int from = t.offset[i];
    int write = from;
    for (int k = from; k < from + t.length[i]; k++) {
      if (write == from || t.pool[k] != t.pool[write - 1]) {
        t.pool[write++] = t.pool[k];
      }
    }
    t.length[i] = write - from;
  }

  private void persian(Tokens t, int i) {
    int from = t.offset[i];
    int length = t.length[i];
    char[] p = t.pool;
    boolean nemi = length > 3 && starts(p, from, length, NEMI);
    boolean mi = !nemi && length > 2 && starts(p, from, length, MI);
    if ((nemi || mi) && !notVerbs.has(t.surface[i])) {
      int skip = nemi ? 3 : 2;
      int root = root(p, from + skip, length - skip);
      if (root >= 0) {
        long h = Hash.extend(Hash.SEED, p, from, skip);
        t.stem[i] = Hash.join(h, canons.get(root));
      }
      if (nemi || root >= 0) {
        t.mark(i, nemi ? Tokens.VERB | Tokens.NEGATED : Tokens.VERB);
        return;
      }
    }
    int verb = notVerbs.has(t.surface[i]) ? LongTable.ABSENT : verbs.get(t.surface[i]);
    if (verb != LongTable.ABSENT) {
      t.stem[i] = canons.get(verb >> 1);
      t.mark(i, (verb & 1) == 1 ? Tokens.VERB | Tokens.NEGATED : Tokens.VERB);
      return;
    }
    stemPersian(t, i, p, from, length);
  }

  private void stemPersian(Tokens t, int i, char[] p, int from, int length) {
    for (char[] suffix : suffixes) {
      int rest = length - suffix.length;
      if (rest < 2 || !ends(p, from, length, suffix)) {
        continue;
      }
      long h = Hash.of(p, from, rest);
      if (knows(h) && (rest > 2 || knows(t.surface[i]))) {
        t.stem[i] = h;
        boolean isE = suffix.length == 1 && suffix[0] == 'ه';
        boolean isYe = suffix.length == 2 && suffix[1] == 'ه';
        if (isE || isYe || suffix[0] == 'س') {
          t.mark(i, Tokens.COPULA);
        }
        return;
      }
    }
  }

  private int root(char[] p, int from, int length) {
    for (char[] ending : endings) {
      int rest = length - ending.length;
      if (rest >= 1 && ends(p, from, length, ending)) {
        int root = roots.get(Hash.of(p, from, rest));
        if (root != LongTable.ABSENT) {
          return root;
        }
      }
    }
    return -1;
  }

  private void english(Tokens t, int i) {
    long surface = t.surface[i];
    if (negators.contains(surface)) {
      t.stem[i] = NOT;
      return;
    }
    int from = t.offset[i];
    int n = t.length[i];
    char[] p = t.pool;
    if (n < 4) {
      return;
    }
    char last = p[from + n - 1];
    char before = p[from + n - 2];
    if (last == 's' && before != 's' && try1(t, i, n - 1, 0)) {
      return;
    }
    if (last == 's'
        && before == 'e'
        && (try1(t, i, n - 2, 0) || (n > 5 && p[from + n - 3] == 'i' && try1(t, i, n - 3, 'y')))) {
      return;
    }
    if (last == 'd' && before == 'e') {
      if (tryVerb(t, i, n - 2) || try1(t, i, n - 1, 0)) {
        return;
      }
    }
    if (n > 5 && last == 'g' && before == 'n' && p[from + n - 3] == 'i' && tryVerb(t, i, n - 3)) {
      return;
    }
    if (n > 5 && last == 'y' && before == 'l') {
      try1(t, i, n - 2, 0);
    }
  }

  private boolean tryVerb(Tokens t, int i, int length) {
    int from = t.offset[i];
    if (length < 2) {
      return false;
    }
    boolean doubled = length > 3 && t.pool[from + length - 1] == t.pool[from + length - 2];
    return try1(t, i, length, 0)
        || try1(t, i, length, 'e')
        || (doubled && try1(t, i, length - 1, 0));
  }

  private boolean try1(Tokens t, int i, int length, int plus) {
    long h = Hash.of(t.pool, t.offset[i], length);
    if (plus != 0) {
      h = Hash.step(h, (char) plus);
    }
    if (!knows(h)) {
      return false;
    }
    t.stem[i] = h;
    return true;
  }

  /** The hash under which a word of a lexicon is kept: a verb by its common form. */
  long key(Tokens t, int i) {
    boolean verb = t.kind[i] == Tokens.FA && t.is(i, Tokens.VERB);
    return verb && t.stem[i] != 0 ? t.stem[i] : t.surface[i];
  }

  private static boolean starts(char[] p, int from, int length, char[] prefix) {
    for (int k = 0; k < prefix.length; k++) {
      if (p[from + k] != prefix[k]) {
        return false;
      }
    }
    return length > prefix.length;
  }

  private static boolean ends(char[] p, int from, int length, char[] suffix) {
    int at = from + length - suffix.length;
    for (int k = 0; k < suffix.length; k++) {
      if (p[at + k] != suffix[k]) {
        return false;
      }
    }
    return true;
  }
}
