package io.nabz.api.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Browser sessions as signed tokens in a cookie, so that they outlive a restart. A signed-out
 * session is remembered in memory only: after a restart a copy of its cookie would work again until
 * it expires.
 */
public final class Sessions {
  public static final Duration LIFE = Duration.ofHours(12);

  private final EmbeddedIssuer issuer;
  private final TokenVerifier verifier;
  private final Clock clock;
  private final Map<String, Instant> signedOut = new ConcurrentHashMap<>();

  public Sessions(EmbeddedIssuer issuer, Clock clock) {
    this.issuer = issuer;
    this.verifier = TokenVerifier.sessions(issuer, clock);
    this.clock = clock;
  }

  /** The cookie value of a new session of the principal. */
  public String open(Principal principal) {
    return issuer.session(
        new Principal(
            principal.subject(),
            principal.name(),
            principal.roles(),
            principal.tenant(),
            clock.instant().plus(LIFE)));
  }

  public Principal verify(String cookie) throws AuthException {
    Principal principal = verifier.verify(cookie);
    if (signedOut.containsKey(cookie)) {
      throw new AuthException("you have signed out; sign in again");
    }
    return principal;
  }

  /** Ends the session; only one that holds is worth remembering. */
  public void signOut(String cookie) {
    try {
      Principal principal = verifier.verify(cookie);
      Instant now = clock.instant();
      signedOut.values().removeIf(until -> until.isBefore(now.minus(Duration.ofMinutes(1))));
      signedOut.put(cookie, principal.expiresAt());
    } catch (AuthException e) {
      // It had ended already.
    }
  }
}
