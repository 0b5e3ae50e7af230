package io.nabz.model;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Look-ups of enum constants by the code they have on the wire. */
final class Codes {
  private Codes() {}

  static <E extends Enum<E>> E find(Class<E> type, Function<E, String> code, String wanted) {
    for (E constant : type.getEnumConstants()) {
      if (code.apply(constant).equals(wanted)) {
        return constant;
      }
    }
    return null;
  }

  static <E extends Enum<E>> E require(Class<E> type, Function<E, String> code, String wanted) {
    E found = find(type, code, wanted);
    if (found == null) {
      throw new IllegalArgumentException(
          Arrays.stream(type.getEnumConstants())
              .map(code)
              .collect(Collectors.joining(", ", "'" + wanted + "' is not one of ", "")));
    }
    return found;
  }
}
