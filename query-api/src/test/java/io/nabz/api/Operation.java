package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An operation of the OpenAPI document, with a request that fits it. */
record Operation(String method, String path, Set<String> roles, JsonNode spec) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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

  /** The status of the answer, whose body is left alone: a stream has no end. */
  int status(TestHttp http, String customer) {
    HttpResponse<InputStream> answer = open(request(http, customer));
    try {
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new AssertionError(toString(), e);
    }
  }

  /** The whole answer; of a stream what comes until its second event has begun, or a heartbeat. */
  String text(TestHttp http, String customer) {
    HttpResponse<InputStream> answer = open(request(http, customer));
    try (InputStream in = answer.body()) {
      if (!isStream() || answer.statusCode() != 200) {
        return new String(in.readAllBytes(), UTF_8);
      }
      StringBuilder text = new StringBuilder();
      byte[] piece = new byte[8192];
      // Each stream greets with a heartbeat and shows what there is at once, or never.
      while (text.toString().split("\nevent: |^event: ", -1).length < 3
          && !text.toString().matches("(?s).*event: (snapshot|activity|kpis).*")) {
        int n = in.read(piece);
        if (n < 0) {
          break;
        }
        text.append(new String(piece, 0, n, UTF_8));
      }
      return text.toString();
    } catch (IOException e) {
      throw new AssertionError(toString(), e);
    }
  }

  private static HttpResponse<InputStream> open(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(request.toString(), e);
    }
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
