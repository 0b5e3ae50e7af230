package io.nabz.api.auth;

import io.javalin.security.RouteRole;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may do; the {@code roles} claim of a token holds the codes. */
public enum Role implements RouteRole {
  AGENT,
  SUPERVISOR,
  MARKETER,
  ADMIN,
  INGEST;

  /** The roles of people, for a session in the pages; {@code ingest} is for machines. */
  public static final Set<Role> PEOPLE = Set.of(AGENT, SUPERVISOR, MARKETER, ADMIN);

  /** The name in a token, e.g. {@code agent}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the accepted codes
   */
  public static Role of(String code) {
    for (Role role : values()) {
      if (role.code().equals(code)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + code
            + "' is not one of "
            + Arrays.stream(values()).map(Role::code).collect(Collectors.joining(", ")));
  }

  /** The known roles among the codes; an identity provider may send others for other systems. */
  static Set<Role> known(Collection<String> codes) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : values()) {
      if (codes.contains(role.code())) {
        roles.add(role);
      }
    }
    return roles;
  }
}
