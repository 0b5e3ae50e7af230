package io.nabz.api.store;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A snapshot as the stream wrote it, so that fields this reader does not know pass through. */
public record CustomerSnapshot(CustomerKey key, long version, byte[] json) {
  private static final String REDIRECT_FIELD = "\"redirectTo\":";

  public CustomerSnapshot {
    requireNonNull(key, "key is null");
    requireNonNull(json, "json is null");
  }

  /** The customer that this one turned out to be, or null for a snapshot. */
  public CustomerKey redirectTo() {
    try {
      String to = redirect(json);
      return to == null ? null : new CustomerKey(key.tenant(), to);
    } catch (IOException e) {
      throw new UncheckedIOException("the snapshot view is damaged", e);
    }
  }

  /** Where {@link io.nabz.model.Redirect} leads; null for a snapshot. */
  static String redirect(byte[] json) throws IOException {
    // Looked for as text first, since nearly all are snapshots, and those are long to parse.
    return new String(json, StandardCharsets.ISO_8859_1).contains(REDIRECT_FIELD)
        ? Json.tree(json).path("redirectTo").textValue()
        : null;
  }
}
