package io.nabz.api;

import static org.awaitility.Awaitility.await;

import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.KeyFile;
import io.nabz.api.auth.Role;
import io.nabz.api.auth.Scope;
import io.nabz.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** A running API of a test's own, with the credentials for it. */
public final class TestApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ApiOptions options;
  private ApiServer server;

  private TestApi(ApiOptions options) {
    this.options = options;
    this.server = ApiServer.start(options);
  }

  public static TestApi start(TestBroker broker, Path dataDir) {
    return new TestApi(ApiOptions.of(broker.bootstrapServers(), dataDir).withPort(0));
  }

  public static TestApi start(ApiOptions options) {
    return new TestApi(options);
  }

  public int port() {
    return server.port();
  }

  String url() {
    return server.url();
  }

  String signInLink() {
    return server.signInLink();
  }

  public ApiOptions options() {
    return options;
  }

  public void restart() {
    server.close();
    server = ApiServer.start(options);
  }

  TestHttp as(Role role) {
    return as("default", "test", role);
  }

  TestHttp as(String tenant, String subject, Role... roles) {
    return with(token(tenant, subject, roles));
  }

  String token(String tenant, String subject, Role... roles) {
    return EmbeddedIssuer.open(options.authDir())
        .token(subject, Set.of(roles), tenant, Duration.ofMinutes(10));
  }

  TestHttp anonymous() {
    return new TestHttp(port(), null);
  }

  TestHttp with(String bearer) {
    return new TestHttp(port(), bearer);
  }

  /** A new key of the source, good at once. */
  String key(String tenant, String source, Integer eventsPerSecond, Scope... scopes) {
    String key =
        new KeyFile(options.keys(), Clock.systemUTC())
            .create(tenant, source, Set.of(scopes), null, eventsPerSecond)
            .text();
    // The API looks for news once a second; a key it knows is never 401.
    await()
        .atMost(PATIENCE)
        .until(() -> with(key).post("/v1/events", "text/plain", "").status() != 401);
    return key;
  }

  void awaitReady() {
    await().atMost(PATIENCE).until(() -> anonymous().get("/readyz").status() == 200);
  }

  /** The sum of a metric's samples whose line contains all the words. */
  double metric(String name, String... words) {
    return anonymous()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .filter(line -> Set.of(words).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    server.close();
  }
}
