package io.nabz.api.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real server on loopback that takes webhooks, and does with each path what a test says. */
public final class Receiver implements AutoCloseable {
  /** What came. */
  public record Received(
      String path, String id, String timestamp, String signature, String type, byte[] body) {
    public JsonNode json() {
      try {
        return Json.tree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(new String(body, UTF_8), e);
      }
    }

    public String alertId() {
      return json().at("/data/alertId").asText();
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> all = new CopyOnWriteArrayList<>();
  private final Map<String, Function<Received, Integer>> behaviours = new ConcurrentHashMap<>();
  private final Map<String, String> locations = new ConcurrentHashMap<>();

  public Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** What a path answers from now on; 200 until said otherwise. */
  public void on(String path, Function<Received, Integer> status) {
    behaviours.put(path, status);
  }

  public void redirect(String path, String to) {
    locations.put(path, to);
    on(path, received -> 307);
  }

  public List<Received> at(String path) {
    return all.stream().filter(one -> one.path().equals(path)).toList();
  }

  public Stream<String> alertsAt(String path) {
    return at(path).stream().map(Received::alertId);
  }

  private void take(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Map<String, String> headers =
        exchange.getRequestHeaders().entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().toLowerCase(), e -> e.getValue().get(0)));
    Received received =
        new Received(
            path,
            headers.get("webhook-id"),
            headers.get("webhook-timestamp"),
            headers.get("webhook-signature"),
            headers.get("content-type"),
            exchange.getRequestBody().readAllBytes());
    all.add(received);
    int status = behaviours.getOrDefault(path, ignored -> 200).apply(received);
    if (locations.containsKey(path)) {
      exchange.getResponseHeaders().set("Location", locations.get(path));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
