package io.nabz.model;

import static java.util.Objects.requireNonNull;

/**
 * One handle of a customer in its normalised form; made by {@link IdentifierNormaliser}.
 *
 * @param value never blank; personal data for most types: not for logs and not for URLs
 */
public record Identifier(IdentifierType type, String value) {
  /** What provisional customer ids begin with. */
  public static final char PROVISIONAL = '~';

  public Identifier {
    requireNonNull(type, "type is null");
    requireNonNull(value, "value is null");
    if (value.isBlank()) {
      throw new IllegalArgumentException(type.code() + " is blank");
    }
  }

  /**
   * The id of a customer known by nothing better than this identifier. It is a hash, since ids
   * stand in URLs and logs where a phone number must not.
   */
  public String provisionalCustomerId() {
    return PROVISIONAL + StableHash.id(type.code(), value);
  }
}
