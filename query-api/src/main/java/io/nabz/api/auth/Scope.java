package io.nabz.api.auth;

import io.javalin.security.RouteRole;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the key of a source may feed; a key opens nothing else. */
public enum Scope implements RouteRole {
  /** {@code POST /v1/events}. */
  EVENTS,
  /** The Segment HTTP tracking API; a key with this scope alone may stand in a public page. */
  SEGMENT,
  /** {@code POST /v1/sources/{name}} of the key's own name. */
  SOURCES;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the accepted codes
   */
  public static Scope of(String code) {
    for (Scope scope : values()) {
      if (scope.code().equals(code)) {
        return scope;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + code
            + "' is not one of "
            + Arrays.stream(values()).map(Scope::code).collect(Collectors.joining(", ")));
  }
}
