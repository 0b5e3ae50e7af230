package io.nabz.text;

import java.util.ArrayList;
import java.util.List;

/** Persian written in Latin letters: finds the Persian word behind the usual spellings. */
final class Finglish {
  private final LongTable table = new LongTable();
  private final List<char[]> persian = new ArrayList<>();
  private final char[] scratch = new char[96];

  Finglish(List<String[]> rows) {
    for (String[] row : rows) {
      char[] latin = row[0].toCharArray();
      StringBuilder folded = new StringBuilder();
      for (char c : row[1].toCharArray()) {
        if (Letters.kind(c) == Letters.PERSIAN) {
          folded.append(Letters.fold(c));
        }
      }
      long key = key(latin, 0, latin.length, scratch);
      if (!table.has(key)) {
        table.put(key, persian.size());
        persian.add(folded.toString().toCharArray());
      }
    }
  }

  int find(Tokens t, int token, char[] buffer) {
    if (t.length[token] < 2 || t.length[token] > 24) {
      return -1;
    }
    int at = table.get(key(t.pool, t.offset[token], t.length[token], buffer));
    return at == LongTable.ABSENT ? -1 : at;
  }

  char[] word(int index) {
    return persian.get(index);
  }

  /**
   * Folds the spellings of one sound: kh/x, gh/q, oo/ou/u/o, ee/i/y, aa/a, ei/ey, doubled letters.
   */
  private static long key(char[] c, int from, int length, char[] out) {
    int n = 0;
    for (int i = 0; i < length && n < out.length - 1; i++) {
      char a = c[from + i];
      char b = i + 1 < length ? c[from + i + 1] : 0;
      char to = a;
      if (a == 'k' && b == 'h') {
        to = 'x';
        i++;
      } else if (a == 'g' && b == 'h') {
        to = 'q';
        i++;
      } else if (a == 'o' || a == 'w') {
        to = 'u';
        if (b == 'u' || b == 'o') {
          i++;
        }
      } else if (a == 'e' && (b == 'i' || b == 'y')) {
        to = 'e';
        i++;
      } else if ((a == 'e' && b == 'e') || a == 'y') {
        to = 'i';
        i += a == 'e' ? 1 : 0;
      }
      if (n == 0 || out[n - 1] != to) {
        out[n++] = to;
      }
    }
    if (n > 2 && out[n - 1] == 'h' && (out[n - 2] == 'e' || out[n - 2] == 'a')) {
      n--;
    }
    return Hash.of(out, 0, n);
  }
}
