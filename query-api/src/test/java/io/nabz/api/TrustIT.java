package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.auth.Role;
import io.nabz.api.auth.Scope;
import io.nabz.testkit.TestBroker;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, on every route of the document, and what strangers get. */
class TrustIT {
  /** What must never reach another tenant. */
  private static final List<String> SECRETS =
      List.of(Guarded.CUSTOMER, "a-secret", "سارا", "12345678");

  private static final TestBroker TOPICS = SharedTopics.broker();

  @TempDir static Path dataDir;
  private static TestApi api;

  @BeforeAll
  static void start() {
    api = TestApi.start(TOPICS, dataDir);
    Guarded.show(TOPICS, api);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void everyRouteTakesTheRolesOfTheDocumentAndNoOthers() {
    String key = api.key("default", "feed", null, Scope.SEGMENT);
    for (Operation operation : Operation.all()) {
      // Metrics hold no personal data and are open as long as only this machine can ask.
      if (operation.isPublic() || operation.path().equals("/metrics")) {
        continue;
      }
      assertThat(operation.status(api.anonymous(), Guarded.CUSTOMER))
          .as(operation + " by nobody")
          .isEqualTo(401);
      assertThat(operation.status(api.with(key), Guarded.CUSTOMER))
          .as(operation + " by a key")
          .isEqualTo(403);
      for (Role role : Role.values()) {
        int status = operation.status(api.as("default", "matrix", role), Guarded.CUSTOMER);
        if (operation.roles().contains(role.code())) {
          assertThat(status).as(operation + " by " + role).isNotIn(401, 403).isLessThan(500);
        } else {
          assertThat(status).as(operation + " by " + role).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void nothingOfOneTenantReachesAnotherOnAnyRouteOrStream() {
    TestHttp stranger = api.as("other", "stranger", Role.values());
    TestHttp owner = api.as("default", "owner", Role.values());
    Set<String> shown = new HashSet<>();
    for (Operation operation : Operation.all()) {
      if (operation.isPublic() || !operation.method().equals("get")) {
        continue;
      }
      String seen = operation.text(stranger, Guarded.CUSTOMER);
      for (String secret : SECRETS) {
        assertThat(seen).as(operation + " by a stranger").doesNotContain(secret);
      }
      String own = operation.text(owner, Guarded.CUSTOMER);
      if (SECRETS.stream().anyMatch(own::contains)) {
        shown.add(operation.path());
      }
    }
    assertThat(shown)
        .as("the owner is shown what the stranger is not")
        .contains(
            "/v1/customers",
            "/v1/customers/{id}",
            "/v1/customers/{id}/stream",
            "/v1/customers/by/{identifier}/{value}",
            "/v1/alerts",
            "/v1/activity",
            "/v1/activity/stream");
  }
}
