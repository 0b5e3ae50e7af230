package io.nabz.api.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.nabz.model.CustomerKey;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a token: signature by an allowed algorithm, issuer, audience, expiry, tenant and roles.
 * Only asymmetric algorithms are allowed, so {@code none} and a public key used as a shared secret
 * are refused before any claim is read.
 */
public final class TokenVerifier {
  private static final int CLOCK_SKEW_SECONDS = 30;
  private static final Duration OUTAGE = Duration.ofHours(4);
  private static final Set<String> REQUIRED = Set.of("sub", "exp", "roles");

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /** Null where a key may be withdrawn at any moment. */
  private final KnownTokens known;

  private TokenVerifier(
      JWKSource<SecurityContext> keys,
      Set<JWSAlgorithm> algorithms,
      String issuer,
      String audience,
      KnownTokens known,
      Clock clock) {
    this.known = known;
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            new HashSet<>(Arrays.asList(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null))));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            audience, new JWTClaimsSet.Builder().issuer(issuer).build(), REQUIRED) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
    processor.setJWTClaimsSetVerifier(claims);
  }

  /** Checks the bearer tokens that the embedded issuer makes. */
  public static TokenVerifier embedded(EmbeddedIssuer issuer, Clock clock) {
    return ofEmbedded(issuer, EmbeddedIssuer.API_AUDIENCE, clock);
  }

  static TokenVerifier sessions(EmbeddedIssuer issuer, Clock clock) {
    return ofEmbedded(issuer, EmbeddedIssuer.SESSION_AUDIENCE, clock);
  }

  private static TokenVerifier ofEmbedded(EmbeddedIssuer issuer, String audience, Clock clock) {
    return new TokenVerifier(
        new ImmutableJWKSet<>(issuer.publicKeys()),
        Set.of(JWSAlgorithm.ES256),
        EmbeddedIssuer.ISSUER,
        audience,
        new KnownTokens(clock),
        clock);
  }

  /** Checks the tokens of an OpenID Connect provider; its keys are fetched and cached. */
  public static TokenVerifier openIdConnect(
      String issuer, URI jwksUrl, String audience, Clock clock) {
    try {
      return new TokenVerifier(
          JWKSourceBuilder.create(jwksUrl.toURL())
              .retrying(true)
              // People stay signed in while the provider is away.
              .outageTolerant(OUTAGE.toMillis())
              .build(),
          Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384),
          issuer,
          audience,
          null,
          clock);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(
          "NABZ_OIDC_JWKS_URL is not a URL; set it to the provider's jwks_uri", e);
    }
  }

  /**
   * @throws AuthException when the token does not hold
   * @throws KeysUnavailableException when the provider's keys cannot be had now
   */
  public Principal verify(String token) throws AuthException {
    Principal before = known == null ? null : known.get(token);
    if (before != null) {
      return before;
    }
    try {
      Principal principal = principal(processor.process(token, null));
      if (known != null) {
        known.put(token, principal);
      }
      return principal;
    } catch (ParseException e) {
      throw new AuthException("the token is not a JWT; send the one that was issued to you");
    } catch (RateLimitReachedException e) {
      // A key that was not there a moment ago: a stranger's token, or a flood of them. The provider
      // is asked again only after a while.
      throw new AuthException("the token's key is not one of the issuer's; get a new token");
    } catch (KeySourceException e) {
      throw new KeysUnavailableException(e);
    } catch (BadJOSEException | JOSEException e) {
      throw new AuthException(
          "the token does not hold (signature, issuer, audience or expiry); get a new one");
    }
  }

  private static Principal principal(JWTClaimsSet claims) throws AuthException {
    try {
      List<String> roles = claims.getStringListClaim("roles");
      String tenant = claims.getStringClaim("tenant");
      String name = claims.getStringClaim("name");
      return new Principal(
          claims.getSubject(),
          name == null ? claims.getSubject() : name,
          Role.known(roles),
          tenant == null ? CustomerKey.DEFAULT_TENANT : tenant,
          claims.getExpirationTime().toInstant());
    } catch (ParseException | IllegalArgumentException e) {
      throw new AuthException("the token's roles or tenant claim is not well formed");
    }
  }

  /** The identity provider does not answer; the caller should try again. */
  public static final class KeysUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
      super("the identity provider's keys cannot be fetched", cause);
    }
  }
}
