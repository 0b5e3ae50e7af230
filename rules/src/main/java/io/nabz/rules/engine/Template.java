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
 * placeholders again, control and direction characters are taken out of it, and what is written in
 * the other direction is isolated, so that it moves no word of the text around it.
 */
final class Template {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{([^{}|]*)(?:\\|([^{}]*))?\\}\\}");

  /** Either words, or a path with the words for when there is nothing there. */
  private record Part(String words, Path path) {}

  private final List<Part> parts = new ArrayList<>();
  private final Inset inset;

  private Template(Inset inset) {
    this.inset = inset;
  }

  /**
   * @param inset how values stand in a text of its language
   * @param paths what a placeholder stands for, or null if it names nothing
   * @param unknown is told each placeholder that names nothing
   */
  static Template parse(
      String text, Inset inset, Function<String, Path> paths, Consumer<String> unknown) {
    Template template = new Template(inset);
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
      Object value = part.path() == null ? null : part.path().scalar(scope);
      String inserted = value == null ? "" : inset.of(value);
      text.append(inserted.isEmpty() ? part.words() : inserted);
    }
    return text.toString();
  }
}
