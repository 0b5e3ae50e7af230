package io.nabz.identity;

import io.nabz.model.Identifier;

/** What the keys of customers and nodes tell of them. */
final class Names {
  private Names() {}

  /** Whether the key is that of an identifier's node and its provisional customer. */
  static boolean isProvisional(String key) {
    int at = key.indexOf('/') + 1;
    return at < key.length() && key.charAt(at) == Identifier.PROVISIONAL;
  }

  static String tenant(String key) {
    return key.substring(0, key.indexOf('/'));
  }
}
