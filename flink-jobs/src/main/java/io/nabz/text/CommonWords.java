package io.nabz.text;

import java.util.List;

/** The everyday words that give a language away. */
final class CommonWords {
  static final int EN = 1;
  static final int FA = 2;
  static final int ARABIC = 3;
  static final int LATIN = 4;

  private final LongTable table = new LongTable();

  CommonWords(List<String[]> rows) {
    for (String[] row : rows) {
      int code =
          switch (row[0]) {
            case "en" -> EN;
            case "fa" -> FA;
            case "ar" -> ARABIC;
            default -> LATIN;
          };
      table.put(Hash.of(row[1]), code);
    }
  }

  /** One of the codes above, or 0. */
  int of(long word) {
    int code = table.get(word);
    return code == LongTable.ABSENT ? 0 : code;
  }
}
