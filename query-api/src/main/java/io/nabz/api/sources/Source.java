package io.nabz.api.sources;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerKey;

/**
 * A configured sender of webhooks.
 *
 * @param name in the path, and in the source of its events
 * @param secret it signs with; null if it shows a key of ours instead. Not for logs
 */
public record Source(String name, String tenant, SourceKind kind, String secret) {
  public Source {
    requireNonNull(name, "name is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(kind, "kind is null");
    if (!CustomerKey.isTenant(tenant)) {
      throw new IllegalArgumentException(
          "tenant must be 1 to 64 of letters, digits, '.', '-', '_'");
    }
  }

  @Override
  public String toString() {
    return "Source[" + tenant + '/' + name + ']';
  }
}
