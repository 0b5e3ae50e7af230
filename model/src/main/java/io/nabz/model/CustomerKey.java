package io.nabz.model;

import static java.util.Objects.requireNonNull;

/**
 * Whose customer, and which: the key of the stream and of the topics, {@code default/C-1024}.
 *
 * @param tenant letters, digits, dot, dash and underscore; never a slash
 * @param customerId the id as the company writes it; may itself hold slashes
 */
public record CustomerKey(String tenant, String customerId) {
  /** The tenant of events that name none. */
  public static final String DEFAULT_TENANT = "default";

  public CustomerKey {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(customerId, "customerId is null");
    if (!isTenant(tenant)) {
      throw new IllegalArgumentException(
          "tenant must be 1 to 64 of letters, digits, '.', '-' and '_'");
    }
    if (customerId.isEmpty()) {
      throw new IllegalArgumentException("customerId is empty");
    }
  }

  /** Whether it stands for somebody known by an identifier only; see {@link Identifier}. */
  public boolean isProvisional() {
    return customerId.charAt(0) == Identifier.PROVISIONAL;
  }

  public static boolean isTenant(String text) {
    if (text.isEmpty() || text.length() > 64) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && c != '.' && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  /** Reads what {@link #toString()} wrote. */
  public static CustomerKey parse(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a customer key is tenant/customerId");
    }
    return new CustomerKey(key.substring(0, slash), key.substring(slash + 1));
  }

  @Override
  public String toString() {
    return tenant + '/' + customerId;
  }
}
