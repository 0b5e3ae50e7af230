package io.nabz.api.auth;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerKey;
import java.time.Instant;
import java.util.Set;

/**
 * Who is asking.
 *
 * @param name for display; the subject when the token holds none
 * @param tenant whose customers they may see
 * @param expiresAt when the credential ends, and with it every stream opened by it
 */
public record Principal(
    String subject, String name, Set<Role> roles, String tenant, Instant expiresAt) {
  public Principal {
    requireNonNull(subject, "subject is null");
    requireNonNull(name, "name is null");
    roles = Set.copyOf(roles);
    requireNonNull(tenant, "tenant is null");
    if (!CustomerKey.isTenant(tenant)) {
      throw new IllegalArgumentException(
          "tenant must be 1 to 64 of letters, digits, '.', '-' and '_'");
    }
    requireNonNull(expiresAt, "expiresAt is null");
  }

  public boolean hasAnyOf(Set<?> wanted) {
    return roles.stream().anyMatch(wanted::contains);
  }
}
