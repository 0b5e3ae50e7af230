package io.nabz.rules.engine;

import io.nabz.rules.expression.Path;
import io.nabz.rules.expression.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders. What is put in is text and nothing else: it is not looked through for
 * placeholders again, and control and direction characters are taken out of it.
 */
final class Template {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{([^{}|]*)(?:\\|([^{}]*))?\\}\\}");
  private static final int MAX_VALUE = 80;

  /** Either words, or a path with the words for when there is nothing there. */
  private record Part(String words, Path path) {}

  private final List<Part> parts = new ArrayList<>();

  private Template() {}

  /**
   * @param paths what a placeholder stands for, or null if it names nothing
   * @param unknown is told each placeholder that names nothing
   */
  static Template parse(String text, Function<String, Path> paths, Consumer<String> unknown) {
    Template template = new Template();
    Matcher placeholder = PLACEHOLDER.matcher(text);
    int from = 0;
    while (placeholder.find()) {
      template.parts.add(new Part(text.substring(from, placeholder.start()), null));
      String dotted = placeholder.group(1).strip();
      Path path = paths.apply(dotted);
      if (path == null) {
        unknown.accept(dotted);
      }
      String otherwise = placeholder.group(2);
      template.parts.add(new Part(otherwise == null ? "" : otherwise.strip(), path));
      from = placeholder.end();
    }
    template.parts.add(new Part(text.substring(from), null));
    return template;
  }

  List<Path> paths() {
    return parts.stream().map(Part::path).filter(path -> path != null).toList();
  }

  String render(Scope scope) {
    if (parts.size() == 1) {
      return parts.get(0).words();
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String value = part.path() == null ? null : part.path().text(scope);
      text.append(value == null || value.isBlank() ? part.words() : clean(value));
    }
    return text.toString();
  }

  private static String clean(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .limit(MAX_VALUE)
        .map(c -> Character.getType(c) == Character.CONTROL ? ' ' : c)
        .filter(c -> !turnsDirection(c))
        .forEach(text::appendCodePoint);
    return text.toString().strip();
  }

  /** The zero-width non-joiner is part of Persian words and stays. */
  private static boolean turnsDirection(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C;
  }
}
