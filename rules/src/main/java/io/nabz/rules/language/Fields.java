package io.nabz.rules.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of one object of a rule; what is wrong with them is noted with its place. */
final class Fields {
  private final String rule;
  private final String place;
  private final ObjectNode node;
  private final List<Problem> problems;
  private final Set<String> asked = new TreeSet<>();

  Fields(String rule, String place, ObjectNode node, List<Problem> problems) {
    this.rule = rule;
    this.place = place;
    this.node = node;
    this.problems = problems;
  }

  void wrong(String field, String problem, String remedy) {
    problems.add(new Problem(rule, field.isEmpty() ? place : place + '/' + field, problem, remedy));
  }

  boolean has(String field) {
    asked.add(field);
    return node.hasNonNull(field);
  }

  JsonNode raw(String field) {
    return has(field) ? node.get(field) : null;
  }

  /** A text of at most that many characters; null when it is absent or wrong. */
  String text(String field, int maxChars) {
    JsonNode value = raw(field);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()
        || value.textValue().isBlank()
        || value.textValue().length() > maxChars) {
      wrong(field, "is not a text of 1 to " + maxChars + " characters", "write it as a string");
      return null;
    }
    return value.textValue();
  }

  boolean flag(String field, boolean otherwise) {
    JsonNode value = raw(field);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      wrong(field, "is not a yes or no", "write true or false");
      return otherwise;
    }
    return value.booleanValue();
  }

  int number(String field, int min, int max, int otherwise) {
    JsonNode value = raw(field);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || value.longValue() < min || value.longValue() > max) {
      wrong(field, "is out of range", "write a whole number from " + min + " to " + max);
      return otherwise;
    }
    return value.intValue();
  }

  double amount(String field, double min, double max, double otherwise) {
    JsonNode value = raw(field);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber() || value.doubleValue() < min || value.doubleValue() > max) {
      wrong(field, "is out of range", "write a number from " + min + " to " + max);
      return otherwise;
    }
    return value.doubleValue();
  }

  Duration duration(String field, Duration max) {
    String text = text(field, 16);
    if (text == null) {
      return null;
    }
    Duration duration = Durations.parse(text);
    if (duration == null || duration.isZero() || duration.compareTo(max) > 0) {
      wrong(
          field,
          "'" + text + "' is no duration that can be used",
          "write e.g. 30s, 15m, 24h or 7d, at most " + max.toDays() + "d");
      return null;
    }
    return duration;
  }

  <E extends Enum<E>> E choice(String field, E[] all, Function<E, String> code, E otherwise) {
    String text = text(field, 40);
    if (text == null) {
      return otherwise;
    }
    for (E one : all) {
      if (code.apply(one).equals(text)) {
        return one;
      }
    }
    wrong(
        field,
        "'" + text + "' is not known",
        "write one of " + Arrays.stream(all).map(code).collect(Collectors.joining(", ")));
    return otherwise;
  }

  /** Texts of an object that gives them one by one or as a list. */
  List<String> texts(String field, int maxCount) {
    JsonNode value = raw(field);
    List<String> texts = new ArrayList<>();
    if (value == null) {
      return texts;
    }
    if (value.isTextual()) {
      texts.add(value.textValue());
    } else if (value.isArray() && !value.isEmpty() && value.size() <= maxCount) {
      value.forEach(one -> texts.add(one.isTextual() ? one.textValue() : ""));
    } else {
      wrong(field, "is not usable", "write a string, or a list of 1 to " + maxCount + " strings");
    }
    return texts;
  }

  /** An object within this one; null when it is absent or wrong. */
  Fields object(String field) {
    JsonNode value = raw(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode object)) {
      wrong(field, "is not an object", "write it with fields of its own");
      return null;
    }
    return new Fields(rule, place + '/' + field, object, problems);
  }

  void require(String field, String remedy) {
    if (!has(field)) {
      wrong(field, "is missing", remedy);
    }
  }

  /** Notes each field that nobody has asked for. */
  void refuseOthers() {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        wrong(
            name.replace("~", "~0").replace("/", "~1"),
            "is not a field here",
            "the fields here are " + String.join(", ", asked));
      }
    }
  }
}
