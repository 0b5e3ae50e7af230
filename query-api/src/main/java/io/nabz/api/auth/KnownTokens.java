package io.nabz.api.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that held a moment ago: checking a signature costs more than most requests do. For an
 * issuer whose keys stay while the process runs. No token outlives its expiry, and only hashes of
 * tokens are kept.
 */
final class KnownTokens {
  static final Duration KEPT = Duration.ofSeconds(30);
  private static final int MAX = 10_000;

  private record Known(Principal principal, Instant until) {}

  private final Map<ByteBuffer, Known> known = new ConcurrentHashMap<>();
  private final Clock clock;

  KnownTokens(Clock clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Who showed the token, or null when it has to be checked. */
  Principal get(String token) {
    Known found = known.get(hash(token));
    return found != null && clock.instant().isBefore(found.until()) ? found.principal() : null;
  }

  /** Remembers who showed a token that was found to hold. */
  void put(String token, Principal principal) {
    Instant now = clock.instant();
    if (known.size() >= MAX) {
      known.values().removeIf(one -> !now.isBefore(one.until()));
    }
    if (known.size() < MAX) {
      Instant until = now.plus(KEPT);
      Instant end = principal.expiresAt();
      known.put(hash(token), new Known(principal, end.isBefore(until) ? end : until));
    }
  }

  private static ByteBuffer hash(String token) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
