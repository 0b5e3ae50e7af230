package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import io.nabz.testkit.TestBroker;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in: roles, tokens and sign-in links over real HTTP. */
class AccessIT {
  private static final String JSON = "application/json";
  private static final TestBroker TOPICS = SharedTopics.broker();

  @TempDir static Path dataDir;
  private static TestApi api;

  @BeforeAll
  static void start() {
    api = TestApi.start(TOPICS, dataDir);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void rolesOpenTheirRoutesAndNoOthers() {
    String event = Samples.event(SharedTopics.name("e"), SharedTopics.name("C"));
    for (Role role : Role.values()) {
      boolean feeds = role == Role.INGEST || role == Role.ADMIN;
      boolean looks = role == Role.AGENT || role == Role.SUPERVISOR || role == Role.ADMIN;
      boolean alerts = looks || role == Role.MARKETER;
      TestHttp http = api.as(role);
      assertThat(http.post("/v1/events", JSON, event).status()).isEqualTo(feeds ? 202 : 403);
      // A marketer reads of a customer what names nobody.
      assertThat(http.get("/v1/customers/none").status()).isEqualTo(alerts ? 404 : 403);
      assertThat(http.get("/v1/customers/by/phone/09120000000").status())
          .isEqualTo(looks ? 404 : 403);
      assertThat(http.get("/v1/activity").status()).isEqualTo(looks ? 200 : 403);
      assertThat(http.get("/v1/alerts").status()).isEqualTo(alerts ? 200 : 403);
      assertThat(http.post("/v1/tickets", JSON, "").status())
          .isEqualTo(role == Role.ADMIN ? 201 : 403);
      assertThat(http.get("/v1/me").json().at("/roles/0").asText()).isEqualTo(role.code());
    }
  }

  @Test
  void tokensThatDoNotHoldAreRefused() {
    EmbeddedIssuer issuer = EmbeddedIssuer.open(api.options().authDir());
    String good = api.token("default", "test", Role.ADMIN);
    String expired = issuer.token("x", Set.of(Role.ADMIN), "default", Duration.ofMinutes(-5));
    String stranger =
        EmbeddedIssuer.open(dataDir.resolve("stranger"))
            .token("x", Set.of(Role.ADMIN), "default", Duration.ofHours(1));
    String[] parts = good.split("\\.");
    String none = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
    String altered =
        parts[0]
            + "."
            + base64(
                new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)
                    .replace("default", "another"))
            + "."
            + parts[2];
    assertThat(api.with(good).get("/v1/me").status()).isEqualTo(200);
    for (String bad : List.of(expired, stranger, none, altered, "nonsense", parts[0])) {
      TestHttp.Answer answer = api.with(bad).get("/v1/me");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
    assertThat(api.anonymous().get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void aSignInLinkOpensASessionOnce() {
    String path = api.signInLink().substring(api.url().length());
    TestHttp anonymous = api.anonymous();
    TestHttp.Answer signedIn = anonymous.get(path);
    assertThat(signedIn.status()).isEqualTo(303);
    assertThat(signedIn.header("Location")).endsWith("/");
    String cookie = signedIn.header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
    String session = cookie.substring(0, cookie.indexOf(';'));
    assertThat(anonymous.get(path).status()).isEqualTo(401);

    // The session is signed with the kept key, so it outlives the server.
    api.restart();
    assertThat(TestHttp.send(withCookie("/v1/me", session).GET().build()).status()).isEqualTo(200);
    HttpRequest forged = withCookie("/v1/tickets", session).POST(BodyPublishers.noBody()).build();
    assertThat(TestHttp.send(forged).status()).isEqualTo(403);
    HttpRequest signOut =
        withCookie("/v1/signout", session)
            .header("X-Requested-With", "nabz")
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(TestHttp.send(signOut).status()).isEqualTo(204);
    assertThat(TestHttp.send(withCookie("/v1/me", session).GET().build()).status()).isEqualTo(401);
    // A session's token is good in its cookie only.
    assertThat(api.with(session.substring(session.indexOf('=') + 1)).get("/v1/me").status())
        .isEqualTo(401);
  }

  private HttpRequest.Builder withCookie(String path, String cookie) {
    return api.anonymous().request(path).header("Cookie", cookie);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
