package io.nabz.api.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.model.Json;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import io.nabz.model.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KpiViewTest {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
  private static final int QUARTER_SECONDS = 900;

  @TempDir Path dir;
  private ViewStore store;
  private long nextOffset;

  @BeforeEach
  void open() {
    store = ViewStore.open(dir, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anOlderWordDoesNotReplaceANewerOneAndOneOfTheSameVersionDoes() {
    KpiKey now = new KpiKey("default", "total", KpiInterval.NOW, null);
    assertThat(apply(now, 5).kpis()).containsOnlyKeys(now);
    assertThat(apply(now, 4).kpis()).isEmpty();
    assertThat(apply(now, 5).kpis()).as("time alone does not raise it").containsOnlyKeys(now);

    assertThat(versions("default", new KpiQuery(null, KpiInterval.NOW, null, null)))
        .containsExactly(5L);
  }

  @Test
  void pagesGoThroughAnIntervalNewestFirst() {
    for (int quarter = 0; quarter < 10; quarter++) {
      for (String dimension : List.of("total", "queue:a/b", "queue:c", "agent:queue")) {
        apply(key("default", dimension, quarter), quarter);
        apply(key("other", dimension, quarter), 99);
      }
      apply(
          new KpiKey("default", "total", KpiInterval.HOUR, TEN.plusSeconds(3_600L * quarter)), 77);
    }
    // Quarters 2 to 7: from is included, to is not.
    KpiQuery query = new KpiQuery("queue", KpiInterval.QUARTER, start(2), start(8));

    assertThat(versions("default", query))
        .containsExactly(7L, 7L, 6L, 6L, 5L, 5L, 4L, 4L, 3L, 3L, 2L, 2L);
    assertThat(versions("default", new KpiQuery("queue:a/b", KpiInterval.QUARTER, null, null)))
        .hasSize(10);
    assertThat(versions("nobody", query)).isEmpty();
  }

  @Test
  void whatCustomersSayIsNoFigureOfTheFloor() {
    apply(new KpiKey("default", "voice.topic:billing", KpiInterval.NOW, null), 1);
    apply(new KpiKey("default", "topic:billing", KpiInterval.NOW, null), 2);

    assertThat(versions("default", new KpiQuery(null, KpiInterval.NOW, null, null)))
        .containsExactly(2L);
    assertThat(versions("default", new KpiQuery("topic", KpiInterval.NOW, null, null)))
        .containsExactly(2L);
  }

  @Test
  void closedFiguresAreGoneAndARebuiltViewIsEmpty() {
    KpiKey key = key("default", "total", 0);
    KpiQuery query = new KpiQuery("total", KpiInterval.QUARTER, null, null);
    apply(key, 1);
    store.apply(List.of(record(key, null)));
    assertThat(versions("default", query)).isEmpty();

    apply(key, 1);
    store.rebuild(Topic.KPIS);
    assertThat(versions("default", query)).isEmpty();
    assertThat(store.offset(Topic.KPIS, 0)).isEmpty();
  }

  @Test
  void aForeignCursorAndAnUnknownDimensionAreRefused() {
    KpiQuery query = new KpiQuery(null, KpiInterval.NOW, null, null);
    apply(new KpiKey("other", "total", KpiInterval.NOW, null), 1);
    apply(new KpiKey("other", "queue:x", KpiInterval.NOW, null), 1);
    String cursor = store.kpis("other", query, 1, null).next();

    assertThatThrownBy(() -> store.kpis("default", query, 1, cursor))
        .hasMessageContaining("nextCursor");
    assertThatThrownBy(() -> store.kpis("default", query, 1, "%"))
        .hasMessageContaining("nextCursor");
    assertThatThrownBy(() -> new KpiQuery("team:x", KpiInterval.NOW, null, null))
        .hasMessageContaining("queue:billing");
  }

  /** Read page by page, so that no page may lose or repeat any. */
  private List<Long> versions(String tenant, KpiQuery query) {
    List<Long> versions = new ArrayList<>();
    String next = null;
    do {
      KpiPage page = store.kpis(tenant, query, 5, next);
      page.items().forEach(json -> versions.add(version(json)));
      next = page.next();
    } while (next != null);
    return versions;
  }

  private static long version(byte[] json) {
    try {
      return Json.read(json, KpiFigures.class).version();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ViewChanges apply(KpiKey key, long version) {
    String json =
        "{\"dimension\":\"%s\",\"interval\":\"%s\",\"version\":%d}"
            .formatted(key.dimension(), key.interval().code(), version);
    return store.apply(List.of(record(key, json.getBytes(UTF_8))));
  }

  private ViewRecord record(KpiKey key, byte[] json) {
    return new ViewRecord(Topic.KPIS, 0, nextOffset++, key.toString().getBytes(UTF_8), json);
  }

  private static KpiKey key(String tenant, String dimension, int quarter) {
    return new KpiKey(tenant, dimension, KpiInterval.QUARTER, start(quarter));
  }

  private static Instant start(int quarter) {
    return TEN.plusSeconds((long) QUARTER_SECONDS * quarter);
  }
}
