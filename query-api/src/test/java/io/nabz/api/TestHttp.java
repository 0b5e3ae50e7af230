package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Real HTTP against a running API, with a bearer token. */
final class TestHttp {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final int port;
  private final String token;

  TestHttp(int port, String token) {
    this.port = port;
    this.token = token;
  }

  /** An answer; the body is parsed on demand. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    String text() {
      return new String(response.body(), UTF_8);
    }

    JsonNode json() {
      try {
        return Json.tree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }
  }

  /** The Authorization of a source that puts its key where browsers put a user name. */
  static String basic(String key) {
    return "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(UTF_8));
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  Answer get(String path) {
    return send(request(path).GET().build());
  }

  Answer post(String path, String contentType, String body) {
    return post(path, contentType, body.getBytes(UTF_8));
  }

  Answer post(String path, String contentType, byte[] body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  Answer post(String path, String contentType, byte[] body, String encoding) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  static Answer send(HttpRequest request) {
    try {
      return new Answer(CLIENT.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  TestStream stream(String path, String lastEventId) {
    HttpRequest.Builder request = request(path).timeout(Duration.ofMinutes(5)).GET();
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return TestStream.open(CLIENT, request.build());
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }
}
