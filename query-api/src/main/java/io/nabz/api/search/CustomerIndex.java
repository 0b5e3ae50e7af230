package io.nabz.api.search;

import io.nabz.api.store.CustomerSnapshot;
import io.nabz.api.store.Outline;
import io.nabz.api.store.SearchFields;
import io.nabz.api.store.SearchTask;
import io.nabz.api.store.ViewStore;
import io.nabz.model.CustomerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search index beside the views: one thread takes up what has changed, about twice a second. An
 * index that is lost, or of another make, is built anew from the snapshots.
 */
public final class CustomerIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CustomerIndex.class);
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(10);
  private static final Duration YIELD = Duration.ofSeconds(10);
  private static final int PIECE = 2_000;
  private static final double BUFFER_MB = 16;
  private static final String MAKE = "make";
  private static final String CURRENT_MAKE = "1";

  private final ViewStore store;
  private final FSDirectory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "nabz-search");
  private BooleanSupplier viewsCaughtUp;
  private boolean anew;
  private long done;
  private long committed;
  private long committedAtNanos = System.nanoTime();

  private CustomerIndex(Path path, ViewStore store) throws IOException {
    this.store = store;
    Files.createDirectories(path);
    this.directory = FSDirectory.open(path);
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
    config.setRAMBufferSizeMB(BUFFER_MB);
    config.setCommitOnClose(false);
    this.writer = new IndexWriter(directory, config);
    this.anew = !isOfThisMake();
    this.searchers = new SearcherManager(writer, null);
  }

  /**
   * Opens the index in the folder, or makes it there.
   *
   * @throws UncheckedIOException when the folder cannot be used
   */
  public static CustomerIndex open(Path path, ViewStore store) {
    try {
      return new CustomerIndex(path, store);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot open the search index in "
              + path
              + "; stop the other process that uses it, or delete the folder to build it anew",
          e);
    }
  }

  /**
   * Begins to take up what has changed.
   *
   * @param caughtUp whether the views have all that was there at the start; they come first, for a
   *     while, since a search that lags is better than a service that is not ready
   */
  public void start(BooleanSupplier caughtUp) {
    viewsCaughtUp = caughtUp;
    thread.start();
  }

  /** Waits for the views, though not for ever; false when it is closed meanwhile. */
  private boolean yieldToViews() {
    long until = System.nanoTime() + YIELD.toNanos();
    while (!viewsCaughtUp.getAsBoolean() && System.nanoTime() < until) {
      if (pause()) {
        return false;
      }
    }
    return true;
  }

  /** What to do with a searcher. */
  interface Search<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  <T> T search(Search<T> search) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return search.with(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the search index cannot be read", e);
    }
  }

  private void run() {
    if (!yieldToViews()) {
      return;
    }
    do {
      try {
        takeUp();
      } catch (IOException | RuntimeException e) {
        if (closing.getCount() > 0) {
          LOG.error("the search index pauses after a failure", e);
        }
      }
    } while (!pause());
  }

  private boolean pause() {
    try {
      return closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Takes up all that waits; for one thread. */
  void takeUp() throws IOException {
    boolean changed = anew;
    if (anew) {
      writer.deleteAll();
      if (!everything()) {
        return;
      }
      commit();
      anew = false;
    }
    for (List<SearchTask> tasks = store.searchTasks(done, PIECE);
        !tasks.isEmpty();
        tasks = store.searchTasks(done, PIECE)) {
      if (closing.getCount() == 0) {
        return;
      }
      Set<CustomerKey> seen = new HashSet<>();
      for (SearchTask task : tasks) {
        if (task.customer() == null) {
          writer.deleteAll();
          if (!everything()) {
            return;
          }
        } else if (seen.add(task.customer())) {
          index(task.customer());
        }
        done = task.number();
      }
      changed = true;
      // A long list is not begun again from its beginning after a crash.
      commitWhenDue();
    }
    if (changed) {
      searchers.maybeRefresh();
    }
    commitWhenDue();
  }

  private void commitWhenDue() throws IOException {
    if (done > committed && System.nanoTime() - committedAtNanos > COMMIT_EVERY.toNanos()) {
      commit();
      store.searchTasksDone(done);
      committed = done;
    }
  }

  /** Indexes all there are; false if it was stopped in between. */
  private boolean everything() throws IOException {
    CustomerKey last = null;
    for (List<CustomerKey> keys = store.customers(null, PIECE);
        !keys.isEmpty();
        keys = store.customers(last, PIECE)) {
      if (closing.getCount() == 0) {
        return false;
      }
      for (CustomerKey key : keys) {
        index(key);
      }
      last = keys.get(keys.size() - 1);
    }
    return true;
  }

  private void index(CustomerKey key) throws IOException {
    Term term = new Term(CustomerDocument.KEY, key.toString());
    CustomerSnapshot snapshot = store.snapshot(key).orElse(null);
    // One that turned out to be another is found as that other.
    if (snapshot == null || snapshot.redirectTo() != null) {
      writer.deleteDocuments(term);
      return;
    }
    Document document = CustomerDocument.of(key, SearchFields.of(Outline.read(snapshot.json())));
    try {
      writer.updateDocument(term, document);
    } catch (IllegalArgumentException e) {
      // One that the index cannot hold must not keep the others out; it is personal and not logged.
      LOG.error("a customer cannot be indexed ({})", e.getClass().getSimpleName());
    }
  }

  private void commit() throws IOException {
    writer.setLiveCommitData(Map.of(MAKE, CURRENT_MAKE).entrySet());
    writer.commit();
    committedAtNanos = System.nanoTime();
  }

  private boolean isOfThisMake() {
    Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
    if (data != null) {
      for (Map.Entry<String, String> entry : data) {
        if (entry.getKey().equals(MAKE)) {
          return entry.getValue().equals(CURRENT_MAKE);
        }
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    searchers.close();
    // What was not committed is still among the tasks.
    writer.close();
    directory.close();
  }
}
