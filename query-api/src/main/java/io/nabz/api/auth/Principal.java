package io.nabz.api.auth;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerKey;
import java.time.Instant;
import java.util.Set;

/**
 * Who is asking.
 *
 * @param name for display; the subject when the token holds none
 * @param roles of a person or a service; none for the key of a source
 * @param scopes of the key of a source; none for a token
 * @param tenant whose customers they may see
 * @param expiresAt when the credential ends, and with it every stream opened by it
 * @param eventsPerSecond what it may send; null for the server's default
 */
public record Principal(
    String subject,
    String name,
    Set<Role> roles,
    Set<Scope> scopes,
    String tenant,
    Instant expiresAt,
    Integer eventsPerSecond) {
  public Principal {
    requireNonNull(subject, "subject is null");
    requireNonNull(name, "name is null");
    roles = Set.copyOf(roles);
    scopes = Set.copyOf(scopes);
    requireNonNull(tenant, "tenant is null");
    if (!CustomerKey.isTenant(tenant)) {
      throw new IllegalArgumentException(
          "tenant must be 1 to 64 of letters, digits, '.', '-' and '_'");
    }
    requireNonNull(expiresAt, "expiresAt is null");
  }

  /** Someone known by a token or a session. */
  public Principal(String subject, String name, Set<Role> roles, String tenant, Instant expiresAt) {
    this(subject, name, roles, Set.of(), tenant, expiresAt, null);
  }

  public boolean hasAnyOf(Set<?> wanted) {
    return roles.stream().anyMatch(wanted::contains) || scopes.stream().anyMatch(wanted::contains);
  }
}
