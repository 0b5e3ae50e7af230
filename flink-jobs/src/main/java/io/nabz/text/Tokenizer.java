package io.nabz.text;

/**
 * Cuts a text into folded words, numbers and emoji in one pass. Markup, addresses and handles are
 * stepped over; every step moves forward, so the cost is linear whatever comes.
 */
final class Tokenizer {
  private static final int MAX_TAG = 300;
  private static final int MAX_WORD = 40;
  private static final String[] JOINS_NEXT = {"می", "نمی", "بی"};
  private static final String[] JOINS_BEFORE = {
    "ها", "های", "هایی", "هام", "هاش", "تر", "ترین", "ام", "اند", "ترین"
  };

  private Tokenizer() {}

  static void tokenize(String text, int limit, Tokens out) {
    out.clear();
    int i = 0;
    boolean quoted = false;
    while (i < limit) {
      char c = text.charAt(i);
      switch (Letters.kind(c)) {
        case Letters.PERSIAN -> i = word(text, i, limit, Letters.PERSIAN, Tokens.FA, out);
        case Letters.LATIN -> {
          int after = address(text, i, limit);
          i = after > i ? after : word(text, i, limit, Letters.LATIN, Tokens.LATIN, out);
        }
        case Letters.DIGIT -> i = number(text, i, limit, out);
        case Letters.FOREIGN -> {
          int start = i;
          while (i < limit
              && Letters.kind(text.charAt(i)) == Letters.FOREIGN
              && i - start < MAX_WORD) {
            i++;
          }
          out.add(Tokens.FOREIGN, start, i);
        }
        case Letters.SYMBOL -> {
          emoji(c, i, i + 1, out);
          i++;
        }
        case Letters.OTHER -> i = beyond(text, i, limit, out);
        case Letters.PUNCTUATION -> {
          if (c == '«' || c == '“') {
            quoted = true;
          } else if (c == '»' || c == '”') {
            quoted = false;
          }
          i = punctuation(text, i, limit, out);
        }
        default -> {
          if (c == '\n') {
            out.mark(out.count - 1, Tokens.BREAK | Tokens.SENTENCE_END);
          }
          i++;
        }
      }
      if (quoted && out.count > 0) {
        out.mark(out.count - 1, Tokens.QUOTED);
      }
    }
    out.mark(out.count - 1, Tokens.BREAK | Tokens.SENTENCE_END);
  }

  private static int word(
      String text, int start, int limit, byte kind, byte tokenKind, Tokens out) {
    int token = out.add(tokenKind, start, start);
    int i = start;
    char last = 0;
    int run = 0;
    int capitals = 0;
    for (; i < limit; i++) {
      char c = text.charAt(i);
      byte k = Letters.kind(c);
      if (k == Letters.SILENT
          || (kind == Letters.LATIN && apostrophe(c) && inWord(text, i, limit))) {
        continue;
      }
      if (k != kind) {
        break;
      }
      char folded = Letters.fold(c);
      run = folded == last ? run + 1 : 1;
      last = folded;
      if (c != folded) {
        capitals++;
      }
      if (run > 2) {
        out.mark(token, Tokens.STRETCHED);
      } else if (out.length[token] < MAX_WORD) {
        out.append(folded);
      }
    }
    out.to[token] = i;
    if (kind == Letters.LATIN && capitals > 2 && capitals >= out.length[token] - 1) {
      out.mark(token, Tokens.SHOUT);
    }
    if (out.length[token] == 0) {
      out.removeLast();
    } else if (kind == Letters.PERSIAN) {
      joinAffixes(out);
    }
    return i;
  }

  /** «نمی شه», «نمی‌شه» and «نمیشه» are one word; so are «بی ادب» and «بهتر ین ها». */
  private static void joinAffixes(Tokens out) {
    int last = out.count - 1;
    int before = last - 1;
    if (before < 0 || out.kind[before] != Tokens.FA || out.is(before, Tokens.BREAK)) {
      return;
    }
    boolean joins = out.length[before] + out.length[last] <= MAX_WORD;
    for (String prefix : JOINS_NEXT) {
      if (joins && out.length[last] > 1 && out.equals(before, prefix)) {
        out.joinLastTwo();
        return;
      }
    }
    for (String suffix : JOINS_BEFORE) {
      if (joins && out.length[before] > 1 && out.equals(last, suffix)) {
        out.joinLastTwo();
        return;
      }
    }
  }

  private static boolean apostrophe(char c) {
    return c == '\'' || c == '’' || c == '`' || c == '‘';
  }

  private static boolean inWord(String text, int i, int limit) {
    return i + 1 < limit && Letters.kind(text.charAt(i + 1)) == Letters.LATIN;
  }

  private static int number(String text, int start, int limit, Tokens out) {
    int token = out.add(Tokens.NUMBER, start, start);
    double value = 0;
    double scale = 0;
    int i = start;
    for (; i < limit; i++) {
      char c = text.charAt(i);
      if (Letters.kind(c) == Letters.DIGIT) {
        int digit = Letters.fold(c) - '0';
        if (scale > 0) {
          value += digit * scale;
          scale /= 10;
        } else {
          value = value * 10 + digit;
        }
      } else if (scale == 0
          && (c == '.' || c == '٫')
          && i + 1 < limit
          && Letters.kind(text.charAt(i + 1)) == Letters.DIGIT) {
        scale = 0.1;
      } else {
        break;
      }
    }
    out.to[token] = i;
    out.number[token] = Double.isFinite(value) ? value : 0;
    out.surface[token] = Hash.mix(Double.doubleToLongBits(out.number[token]));
    return i;
  }

  /** Characters beyond the basic plane: emoji, or something unread; half a pair is stepped over. */
  private static int beyond(String text, int i, int limit, Tokens out) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)
        && i + 1 < limit
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      int point = Character.toCodePoint(c, text.charAt(i + 1));
      boolean skinTone = point >= 0x1F3FB && point <= 0x1F3FF;
      if (point >= 0x1F000 && point <= 0x1FAFF && !skinTone) {
        emoji(point, i, i + 2, out);
      } else if (!skinTone && Character.isLetter(point)) {
        out.add(Tokens.FOREIGN, i, i + 2);
      }
      return i + 2;
    }
    return i + 1;
  }

  private static void emoji(int point, int from, int to, Tokens out) {
    int token = out.add(Tokens.EMOJI, from, to);
    out.surface[token] = emojiHash(point);
  }

  static long emojiHash(int point) {
    return Hash.mix(point * 0x100000001B3L + 7);
  }

  private static int punctuation(String text, int i, int limit, Tokens out) {
    char c = text.charAt(i);
    int last = out.count - 1;
    switch (c) {
      case '<' -> {
        int end = tagEnd(text, i, limit);
        if (end > i) {
          return end;
        }
        if (i + 1 < limit && text.charAt(i + 1) == '3') {
          emoji(0x2764, i, i + 2, out);
          return i + 2;
        }
      }
      case '&' -> {
        int end = entityEnd(text, i, limit);
        if (end > i) {
          return end;
        }
      }
      case '@' -> {
        int end = i + 1;
        while (end < limit && !Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        return end;
      }
      case ':', ';', '=' -> {
        int face = face(text, i, limit, out);
        if (face > i) {
          return face;
        }
        if (c != '=') {
          out.mark(last, Tokens.BREAK);
        }
      }
      case '!' -> {
        out.exclamations++;
        out.mark(last, Tokens.BREAK | Tokens.SENTENCE_END | Tokens.EXCLAIMED);
      }
      case '?', '؟' -> out.mark(last, Tokens.BREAK | Tokens.SENTENCE_END | Tokens.QUESTION);
      case '.', '…', '۔', '|' -> out.mark(last, Tokens.BREAK | Tokens.SENTENCE_END);
      case '/' -> out.mark(last, Tokens.SLASH);
      case '-', '_', '#', '\'', '"', '’', '*', '«', '»', '“', '”', '%' -> {}
      default -> out.mark(last, Tokens.BREAK);
    }
    return i + 1;
  }

  private static int face(String text, int i, int limit, Tokens out) {
    int at = i + 1;
    if (at < limit && (text.charAt(at) == '-' || text.charAt(at) == '\'')) {
      at++;
    }
    if (at >= limit) {
      return i;
    }
    int point =
        switch (text.charAt(at)) {
          case ')', 'D', ']' -> 0x1F642;
          case '(', '[', '|' -> 0x1F641;
          default -> 0;
        };
    if (point == 0) {
      return i;
    }
    int end = at + 1;
    while (end < limit && text.charAt(end) == text.charAt(at)) {
      end++;
    }
    emoji(point, i, end, out);
    return end;
  }

  private static int tagEnd(String text, int i, int limit) {
    if (i + 1 >= limit) {
      return i;
    }
    char next = text.charAt(i + 1);
    if (next != '/'
        && next != '!'
        && !(next >= 'a' && next <= 'z')
        && !(next >= 'A' && next <= 'Z')) {
      return i;
    }
    int stop = Math.min(limit, i + MAX_TAG);
    for (int at = i + 1; at < stop; at++) {
      char c = text.charAt(at);
      if (c == '>') {
        return at + 1;
      }
      if (c == '<') {
        return i;
      }
    }
    return i;
  }

  private static int entityEnd(String text, int i, int limit) {
    int stop = Math.min(limit, i + 10);
    for (int at = i + 1; at < stop; at++) {
      char c = text.charAt(at);
      if (c == ';') {
        return at + 1;
      }
      if (c != '#'
          && !(c >= '0' && c <= '9')
          && !(c >= 'a' && c <= 'z')
          && !(c >= 'A' && c <= 'Z')) {
        return i;
      }
    }
    return i;
  }

  /** The end of a web or mail address that starts here, or {@code i}. */
  private static int address(String text, int i, int limit) {
    if (!text.startsWith("http", i) && !text.startsWith("www.", i)) {
      return i;
    }
    int end = i;
    boolean colon = false;
    while (end < limit && text.charAt(end) > ' ') {
      colon |= text.charAt(end) == ':' || text.charAt(end) == '.';
      end++;
    }
    return colon ? end : i;
  }
}
