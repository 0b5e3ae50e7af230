package io.nabz.api.auth;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;

/**
 * The issuer of its own that the embedded default has: one ES256 key in a file that only its owner
 * may read. Whoever can read the file can make any token.
 */
public final class EmbeddedIssuer {
  static final String ISSUER = "nabz-embedded";
  static final String API_AUDIENCE = "nabz";
  static final String SESSION_AUDIENCE = "nabz-session";
  private static final String KEY_FILE = "issuer.jwk";

  private final ECKey key;
  private final Clock clock;

  private EmbeddedIssuer(ECKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /** Loads the key in the folder, or makes one there the first time. */
  public static EmbeddedIssuer open(Path authDir) {
    return open(authDir, Clock.systemUTC());
  }

  public static EmbeddedIssuer open(Path authDir, Clock clock) {
    requireNonNull(authDir, "authDir is null");
    Path file = authDir.resolve(KEY_FILE);
    try {
      Files.createDirectories(authDir);
      OwnerOnly.folder(authDir);
      if (!Files.exists(file)) {
        create(authDir, file);
      }
      OwnerOnly.file(file);
      return new EmbeddedIssuer(ECKey.parse(Files.readString(file)), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use the signing key " + file + "; make the folder writable for this user", e);
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException(
          "the signing key " + file + " is damaged; delete it (tokens made with it end)", e);
    }
  }

  /** A bearer token for the API. */
  public String token(String subject, Set<Role> roles, String tenant, Duration life) {
    return sign(
        new Principal(subject, subject, roles, tenant, clock.instant().plus(life)), API_AUDIENCE);
  }

  /** A token that is good in a session cookie and nowhere else. */
  String session(Principal principal) {
    return sign(principal, SESSION_AUDIENCE);
  }

  JWKSet publicKeys() {
    return new JWKSet(key.toPublicJWK());
  }

  private String sign(Principal principal, String audience) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(audience)
            .subject(principal.subject())
            .claim("name", principal.name())
            .claim("roles", principal.roles().stream().map(Role::code).sorted().toList())
            .claim("tenant", principal.tenant())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(principal.expiresAt()))
            .build();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .keyID(key.getKeyID())
            .type(JOSEObjectType.JWT)
            .build();
    SignedJWT jwt = new SignedJWT(header, claims);
    try {
      jwt.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign with the key in " + KEY_FILE, e);
    }
    return jwt.serialize();
  }

  /** Written beside and moved, so that nobody ever reads half a key. */
  private static void create(Path authDir, Path file) throws IOException, JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    Path fresh = Files.createTempFile(authDir, "issuer", ".new", OwnerOnly.fileAttributes());
    try {
      Files.writeString(fresh, key.toJSONString());
      Files.move(fresh, file);
    } catch (FileAlreadyExistsException e) {
      // Another process of the same folder was faster; its key is the one to load.
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
