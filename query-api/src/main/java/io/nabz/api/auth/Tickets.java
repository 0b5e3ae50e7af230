package io.nabz.api.auth;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One-time tickets that a browser changes into a session: 256 random bits, good once and for ten
 * minutes, kept in memory only.
 */
public final class Tickets {
  public static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MAX_OPEN = 10_000;

  private record Open(Principal principal, Instant until) {}

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Clock clock;

  public Tickets(Clock clock) {
    this.clock = clock;
  }

  /** A ticket that signs its bearer in as the principal. */
  public synchronized String issue(Principal principal) {
    Instant now = clock.instant();
    open.values().removeIf(ticket -> !now.isBefore(ticket.until()));
    if (open.size() >= MAX_OPEN) {
      open.remove(open.keySet().iterator().next());
    }
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    open.put(ticket, new Open(principal, now.plus(LIFE)));
    return ticket;
  }

  /** Whose ticket it was; a second time it is nobody's. */
  public synchronized Optional<Principal> consume(String ticket) {
    Open found = open.remove(ticket);
    return found == null || !clock.instant().isBefore(found.until())
        ? Optional.empty()
        : Optional.of(found.principal());
  }
}
