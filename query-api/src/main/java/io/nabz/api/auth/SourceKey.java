package io.nabz.api.auth;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nabz.model.CustomerKey;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is kept of a source's key: never the key itself.
 *
 * @param id its public part, by which it is found and spoken of
 * @param hash SHA-256 of its secret part, in hex; the secret has 256 random bits, so a slow hash
 *     would protect nothing more
 * @param source names the feed in the events that come with it
 * @param scopes what it may feed, by {@link Scope#code()}
 * @param expiresAt from when it is no good; null for never
 * @param eventsPerSecond what it may send; null for the server's default
 */
public record SourceKey(
    String id,
    String hash,
    String tenant,
    String source,
    Set<String> scopes,
    Instant createdAt,
    Instant expiresAt,
    Integer eventsPerSecond) {
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public SourceKey {
    requireNonNull(id, "id is null");
    requireNonNull(hash, "hash is null");
    requireNonNull(tenant, "tenant is null");
    if (!CustomerKey.isTenant(tenant)) {
      throw new IllegalArgumentException(
          "tenant must be 1 to 64 of letters, digits, '.', '-' and '_'");
    }
    if (source == null || !SOURCE.matcher(source).matches()) {
      throw new IllegalArgumentException(
          "source must be 1 to 64 of letters, digits, '.', '-' and '_', the first a letter or"
              + " digit");
    }
    scopes = Set.copyOf(scopes);
    scopes.forEach(Scope::of);
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("scope is missing; give events, segment or sources");
    }
    requireNonNull(createdAt, "createdAt is null");
    if (eventsPerSecond != null && eventsPerSecond < 1) {
      throw new IllegalArgumentException("rate must be 1 or more");
    }
  }

  boolean isGoodAt(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }

  SourceKey endingAt(Instant end) {
    return new SourceKey(id, hash, tenant, source, scopes, createdAt, end, eventsPerSecond);
  }

  @JsonIgnore
  Set<Scope> grants() {
    return scopes.stream().map(Scope::of).collect(java.util.stream.Collectors.toSet());
  }
}
