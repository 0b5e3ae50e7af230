package io.nabz.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.nabz.api.SchemaCheck;
import io.nabz.api.auth.Role;
import io.nabz.api.auth.Scope;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final SchemaCheck CHECK = SchemaCheck.ofOpenApi();

  @Test
  void theDocumentHasExactlyTheRoutesOfTheServerWithTheirRoles() {
    assertThat(documented()).isEqualTo(served());
  }

  @Test
  void everyExampleFitsItsSchema() {
    int[] examples = {0};
    for (JsonNode media : CHECK.document().get("paths").findParents("example")) {
      examples[0]++;
      assertThat(CHECK.errors(media.get("schema"), media.get("example")))
          .as(media.get("schema").toString())
          .isEmpty();
    }
    assertThat(examples[0]).isGreaterThan(8);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (JsonNode reference : CHECK.document().findValues("$ref")) {
      assertThat(CHECK.document().at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }

  private static Map<String, Set<String>> documented() {
    Map<String, Set<String>> routes = new TreeMap<>();
    CHECK
        .document()
        .get("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        operation -> {
                          Set<String> roles = new TreeSet<>();
                          operation
                              .getValue()
                              .get("x-nabz-roles")
                              .forEach(role -> roles.add(role.asText()));
                          boolean noRole = roles.isEmpty();
                          operation
                              .getValue()
                              .path("x-nabz-scopes")
                              .forEach(scope -> roles.add("key:" + scope.asText()));
                          assertThat(operation.getValue().has("security"))
                              .as(path.getKey() + " is public just when it takes no role")
                              .isEqualTo(noRole);
                          routes.put(operation.getKey() + " " + path.getKey(), roles);
                        }));
    return routes;
  }

  private static Map<String, Set<String>> served() {
    HttpServer.Parts none =
        new HttpServer.Parts(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null);
    Map<String, Set<String>> routes = new TreeMap<>();
    for (Endpoint endpoint : new HttpServer(none, "localhost", 0, false, true).endpoints()) {
      Set<String> roles = new TreeSet<>();
      Roles declared = endpoint.metadata(Roles.class);
      assertThat(declared == null ? Set.of() : declared.getRoles())
          .as(endpoint.path + " says who may use it")
          .isNotEmpty();
      declared
          .getRoles()
          .forEach(
              role -> {
                if (role instanceof Role named) {
                  roles.add(named.code());
                } else if (role instanceof Scope scope) {
                  roles.add("key:" + scope.code());
                }
              });
      routes.put(
          endpoint.method.name().toLowerCase(Locale.ROOT)
              + " "
              + endpoint.path.replace('<', '{').replace('>', '}'),
          roles);
    }
    return routes;
  }
}
