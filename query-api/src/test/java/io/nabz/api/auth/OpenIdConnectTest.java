package io.nabz.api.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of a provider whose keys are fetched from a real server. */
class OpenIdConnectTest {
  private static final String ISSUER = "https://id.example";
  private static final String AUDIENCE = "nabz";
  private static final int FLOOD = 500;

  private final AtomicReference<String> keys = new AtomicReference<>();
  private final AtomicInteger fetched = new AtomicInteger();
  private HttpServer provider;
  private TokenVerifier verifier;
  private RSAKey first;

  @BeforeEach
  void start() throws Exception {
    first = key("first");
    publish(first);
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/jwks",
        exchange -> {
          fetched.incrementAndGet();
          byte[] body = keys.get().getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    provider.start();
    verifier =
        TokenVerifier.openIdConnect(
            ISSUER,
            URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/jwks"),
            AUDIENCE,
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  @Test
  void aTokenOfTheProviderSaysWhoAsksAndTheKeysAreFetchedOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      Principal sara = verifier.verify(token(first, claims().build()));
      assertThat(sara.roles()).containsExactly(Role.AGENT);
      assertThat(sara.tenant()).isEqualTo("shop");
    }
    assertThat(fetched).hasValue(1);
  }

  @Test
  void aNewKeyIsGoodAtOnceAndTheOneThatItReplacesIsNotAnyMore() throws Exception {
    String old = token(first, claims().build());
    assertThat(verifier.verify(old).subject()).isEqualTo("sara");
    RSAKey second = key("second");
    publish(second);
    assertThat(verifier.verify(token(second, claims().build())).subject()).isEqualTo("sara");
    assertThatThrownBy(() -> verifier.verify(old)).isInstanceOf(AuthException.class);
  }

  @Test
  void aFloodOfUnknownKeysDoesNotReachTheProviderAndHoldsNobodyUp() throws Exception {
    String good = token(first, claims().build());
    verifier.verify(good);
    RSAKey stranger = key("stranger");
    for (int i = 0; i < FLOOD; i++) {
      RSAKey renamed = new RSAKey.Builder(stranger).keyID("unknown-" + i).build();
      String bad = token(renamed, claims().build());
      assertThatThrownBy(() -> verifier.verify(bad)).isInstanceOf(AuthException.class);
      assertThat(verifier.verify(good).subject()).isEqualTo("sara");
    }
    assertThat(fetched.get()).as("of %d unknown keys", FLOOD).isLessThan(5);
  }

  @Test
  void whileTheProviderIsAwayItsKnownKeysAreGood() throws Exception {
    String good = token(first, claims().build());
    verifier.verify(good);
    provider.stop(0);
    assertThat(verifier.verify(good).subject()).isEqualTo("sara");
  }

  @Test
  void whatIsForgedExpiredOrMeantForOthersIsRefused() throws Exception {
    String good = token(first, claims().build());
    List<String> bad =
        List.of(
            token(first, claims().audience("other").build()),
            token(first, claims().issuer("https://evil.example").build()),
            token(first, claims().expirationTime(in(-120)).build()),
            token(first, claims().notBeforeTime(in(600)).build()),
            token(first, claims().claim("roles", null).build()),
            token(first, claims().subject(null).build()),
            new PlainJWT(claims().build()).serialize(),
            signedWithThePublicKey(),
            typed("JOSE"),
            good.substring(0, good.length() - 8) + "AAAAAAAA",
            good + ".x");
    for (String token : bad) {
      assertThatThrownBy(() -> verifier.verify(token))
          .as(token.substring(0, 40))
          .isInstanceOf(AuthException.class);
    }
    assertThat(verifier.verify(good).subject()).isEqualTo("sara");
  }

  /** The old trick: what everybody knows used as if it were a shared secret. */
  private String signedWithThePublicKey() throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims().build());
    jwt.sign(new MACSigner(first.toRSAPublicKey().getEncoded()));
    return jwt.serialize();
  }

  private String typed(String type) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .type(new JOSEObjectType(type))
                .build(),
            claims().build());
    jwt.sign(new RSASSASigner(first));
    return jwt.serialize();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("sara")
        .claim("roles", List.of("agent"))
        .claim("tenant", "shop")
        .expirationTime(in(600));
  }

  private static Date in(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String token(RSAKey key, JWTClaimsSet claims) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private static RSAKey key(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  private void publish(RSAKey... published) throws IOException {
    keys.set(new JWKSet(List.<JWK>of(published)).toPublicJWKSet().toString());
  }
}
