package io.nabz.api.settings;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.api.intake.EventLog;
import io.nabz.api.intake.Outgoing;
import io.nabz.api.kafka.KafkaSettings;
import io.nabz.api.kafka.TopicFollower;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Small documents by tenant, kind and id. All of them are in memory; of two replicas that write the
 * same one in the same moment the later one wins.
 */
public final class SettingsStore implements AutoCloseable {
  private static final String REVISION = "revision";
  private static final Duration READ_BACK = Duration.ofSeconds(5);

  /** Past every character that an id begins with. */
  private static final char LAST = '\uffff';

  private final NavigableMap<String, ObjectNode> documents = new ConcurrentSkipListMap<>();
  private final AtomicLong changes = new AtomicLong();
  private final TopicFollower feed;
  private final EventLog log;

  public SettingsStore(KafkaSettings kafka, EventLog log) {
    this.log = requireNonNull(log, "log is null");
    this.feed = new TopicFollower(kafka, Topic.SETTINGS, this::take);
  }

  public void start() {
    feed.start();
  }

  /** What is still waited for, or null when all is known. */
  public String waitingFor() {
    return feed.waitingFor();
  }

  /** Waits until all that was there at the start is known. */
  public boolean awaitKnown(Duration patience) throws InterruptedException {
    return feed.awaitRead(patience);
  }

  public <T> Optional<T> get(String tenant, String kind, String id, Class<T> type) {
    return Optional.ofNullable(documents.get(key(tenant, kind, id))).map(doc -> read(doc, type));
  }

  /** All of a kind, by id. */
  public <T> List<T> list(String tenant, String kind, Class<T> type) {
    String prefix = key(tenant, kind, "");
    return documents.subMap(prefix, prefix + LAST).values().stream()
        .map(doc -> read(doc, type))
        .toList();
  }

  public int count(String tenant, String kind) {
    String prefix = key(tenant, kind, "");
    return documents.subMap(prefix, prefix + LAST).size();
  }

  /** Grows with every change of any document, after it can be read. */
  public long changes() {
    return changes.get();
  }

  /** All of a kind, of every tenant. */
  public <T> List<T> everywhere(String kind, Class<T> type) {
    return documents.entrySet().stream()
        .filter(entry -> isOf(entry.getKey(), kind))
        .map(entry -> read(entry.getValue(), type))
        .toList();
  }

  private static boolean isOf(String key, String kind) {
    int slash = key.indexOf('/');
    return key.startsWith(kind + '/', slash + 1);
  }

  /**
   * Writes a document and returns when this replica has read it back.
   *
   * @throws EventLog.UnavailableException when the broker does not take it
   */
  public synchronized void put(String tenant, String kind, String id, Object document) {
    String key = key(tenant, kind, id);
    ObjectNode value = Json.mapper().valueToTree(document);
    ObjectNode before = documents.get(key);
    long revision = before == null ? 1 : before.path(REVISION).asLong() + 1;
    value.put(REVISION, revision);
    write(key, value);
    readBack(
        () -> {
          JsonNode now = documents.get(key);
          return now != null && now.path(REVISION).asLong() >= revision;
        });
  }

  /** Takes a document out; false when there is none. */
  public synchronized boolean delete(String tenant, String kind, String id) {
    String key = key(tenant, kind, id);
    if (!documents.containsKey(key)) {
      return false;
    }
    write(key, null);
    readBack(() -> !documents.containsKey(key));
    return true;
  }

  /** Writes a document, or takes it out with null, behind the caller's back. */
  public CompletableFuture<Void> later(String tenant, String kind, String id, Object document) {
    return log.append(List.of(outgoing(key(tenant, kind, id), document)));
  }

  private void write(String key, Object document) {
    try {
      log.append(List.of(outgoing(key, document))).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EventLog.UnavailableException unavailable ? unavailable : e;
    }
  }

  private void readBack(java.util.function.BooleanSupplier isSo) {
    try {
      if (!feed.await(isSo, READ_BACK)) {
        throw new EventLog.UnavailableException(
            new IllegalStateException("what was set is kept but was not read back in time"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventLog.UnavailableException(e);
    }
  }

  private static Outgoing outgoing(String key, Object document) {
    return new Outgoing(
        Topic.SETTINGS, key, document == null ? null : Json.bytes(document), Map.of());
  }

  private void take(String key, ObjectNode document) {
    if (document == null) {
      documents.remove(key);
    } else {
      documents.put(key, document);
    }
    changes.incrementAndGet();
  }

  private static <T> T read(ObjectNode document, Class<T> type) {
    try {
      return Json.mapper().treeToValue(document, type);
    } catch (IOException e) {
      throw new UncheckedIOException("a document of " + Topic.SETTINGS + " is damaged", e);
    }
  }

  private static String key(String tenant, String kind, String id) {
    return tenant + '/' + kind + '/' + id;
  }

  @Override
  public void close() {
    feed.close();
  }
}
