package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An operation of the OpenAPI document, with a request that fits it. */
record Operation(String method, String path, Set<String> roles, JsonNode spec) {
  boolean isPublic() {
    return roles.isEmpty();
  }

  boolean isStream() {
    return path.endsWith("/stream");
  }

  private String filled(String customer) {
    String id = path.contains("/customers/") ? customer : "a-secret";
    return path.replace("{identifier}", "phone")
        .replace("{value}", "02112345678")
        .replace("{id}", id)
        .replaceAll("\\{[a-zA-Z]+}", "x");
  }

  HttpRequest request(TestHttp http, String customer) {
    HttpRequest.Builder request = http.request(filled(customer)).timeout(Duration.ofSeconds(30));
    JsonNode content = spec.at("/requestBody/content");
    String type = content.isEmpty() ? null : content.fieldNames().next();
    if (type != null) {
      request.header("Content-Type", type);
    }
    return request
        .method(
            method.toUpperCase(Locale.ROOT),
            method.equals("get") || method.equals("delete")
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(body(content, type)))
        .build();
  }

  private static String body(JsonNode content, String type) {
    JsonNode example = type == null ? null : content.get(type).get("example");
    return example == null ? "{}" : example.toString();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }

  static List<Operation> all() {
    List<Operation> operations = new ArrayList<>();
    SchemaCheck.ofOpenApi()
        .document()
        .get("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        operation -> {
                          Set<String> roles = new HashSet<>();
                          operation
                              .getValue()
                              .get("x-nabz-roles")
                              .forEach(role -> roles.add(role.asText()));
                          operations.add(
                              new Operation(
                                  operation.getKey(), path.getKey(), roles, operation.getValue()));
                        }));
    assertThat(operations).hasSizeGreaterThan(30);
    return operations;
  }
}
