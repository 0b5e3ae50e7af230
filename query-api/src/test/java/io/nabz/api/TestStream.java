package io.nabz.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Reads server-sent events as they come; remembers the last id, as a browser does. */
final class TestStream implements Flow.Subscriber<String>, AutoCloseable {
  /** One event as it came. */
  record Event(String id, String name, String data) {
    JsonNode json() {
      try {
        return Json.tree(data.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private CompletableFuture<HttpResponse<Void>> response;
  private Flow.Subscription subscription;
  private volatile int status;
  private String id;
  private String name = "message";
  private StringBuilder data = new StringBuilder();

  static TestStream open(HttpClient client, HttpRequest request) {
    TestStream stream = new TestStream();
    stream.response =
        client.sendAsync(
            request,
            info -> {
              stream.status = info.statusCode();
              return BodySubscribers.fromLineSubscriber(stream);
            });
    return stream;
  }

  List<Event> events() {
    return events;
  }

  List<Event> named(String wanted) {
    return events.stream().filter(e -> e.name().equals(wanted)).toList();
  }

  List<String> alertIds() {
    return named("alert").stream().map(e -> e.json().get("alertId").asText()).toList();
  }

  int status() {
    return status;
  }

  String lastEventId() {
    String last = null;
    for (Event event : events) {
      last = event.id() == null ? last : event.id();
    }
    return last;
  }

  boolean hasEnded() {
    return ended.isDone();
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    if (line.isEmpty()) {
      events.add(new Event(id, name, data.toString()));
      id = null;
      name = "message";
      data = new StringBuilder();
    } else if (line.startsWith("id: ")) {
      id = line.substring(4);
    } else if (line.startsWith("event: ")) {
      name = line.substring(7);
    } else if (line.startsWith("data: ")) {
      data.append(line.substring(6));
    }
  }

  @Override
  public void onError(Throwable error) {
    ended.complete(null);
  }

  @Override
  public void onComplete() {
    ended.complete(null);
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.cancel();
    }
    response.cancel(true);
  }
}
