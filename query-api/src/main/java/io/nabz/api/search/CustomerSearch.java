package io.nabz.api.search;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;

/** Answers questions with the customers that fit, how many there are, and how they divide. */
public final class CustomerSearch {
  /** Places beyond this are not paged to; a finer question finds what lies there. */
  public static final int MAX_OFFSET = 10_000;

  private static final int PIECE = 1_000;

  private static final Sort BEST_THEN_NEWEST =
      new Sort(
          SortField.FIELD_SCORE, new SortField(CustomerDocument.NEWEST, SortField.Type.LONG, true));

  /**
   * What was found.
   *
   * @param keys one page of the customers, the best fit first, then the newest contact
   * @param facets by field and value, how many of all that fit
   */
  public record Found(List<CustomerKey> keys, long total, Map<String, Map<String, Long>> facets) {
    public Found {
      keys = List.copyOf(keys);
    }
  }

  private final CustomerIndex index;

  public CustomerSearch(CustomerIndex index) {
    this.index = requireNonNull(index, "index is null");
  }

  /**
   * @param offset how many to pass over, {@value #MAX_OFFSET} at most
   */
  public Found find(Query query, int offset, int limit) {
    return index.search(
        searcher -> {
          TopFieldDocs top =
              searcher.search(
                  query,
                  new TopFieldCollectorManager(
                      BEST_THEN_NEWEST, offset + limit, null, Integer.MAX_VALUE));
          List<CustomerKey> keys = new ArrayList<>();
          for (int i = offset; i < top.scoreDocs.length; i++) {
            keys.add(key(searcher, top.scoreDocs[i]));
          }
          Counts counts = new Counts();
          searcher.search(query, counts);
          return new Found(keys, top.totalHits.value, counts.named());
        });
  }

  /** How many fit. */
  public long count(Query query) {
    return index.search(searcher -> (long) searcher.count(query));
  }

  /** What to do with a customer among those found. */
  @FunctionalInterface
  public interface Each {
    void take(CustomerKey key) throws IOException;
  }

  /** Goes through all that fit, as they were at the beginning, however many they are. */
  public void each(Query query, Each each) {
    index.search(
        searcher -> {
          ScoreDoc last = null;
          while (true) {
            ScoreDoc[] piece = searcher.searchAfter(last, query, PIECE, Sort.INDEXORDER).scoreDocs;
            for (ScoreDoc found : piece) {
              each.take(key(searcher, found));
            }
            if (piece.length < PIECE) {
              return null;
            }
            last = piece[piece.length - 1];
          }
        });
  }

  private static CustomerKey key(IndexSearcher searcher, ScoreDoc found) throws IOException {
    return CustomerKey.parse(searcher.storedFields().document(found.doc).get(CustomerDocument.KEY));
  }

  /** Counts the values of the facets; by number within a segment, by name over all. */
  private static final class Counts extends SimpleCollector {
    private final Map<String, Map<String, Long>> named = new LinkedHashMap<>();
    private final SortedSetDocValues[] values =
        new SortedSetDocValues[CustomerDocument.FACETS.size()];
    private long[][] counts;

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      flush();
      counts = new long[values.length][];
      for (int i = 0; i < values.length; i++) {
        values[i] = DocValues.getSortedSet(context.reader(), CustomerDocument.FACETS.get(i));
        counts[i] = new long[Math.toIntExact(values[i].getValueCount())];
      }
    }

    @Override
    public void collect(int doc) throws IOException {
      for (int i = 0; i < values.length; i++) {
        if (values[i].advanceExact(doc)) {
          for (int n = values[i].docValueCount(); n > 0; n--) {
            counts[i][Math.toIntExact(values[i].nextOrd())]++;
          }
        }
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }

    Map<String, Map<String, Long>> named() throws IOException {
      flush();
      CustomerDocument.FACETS.forEach(
          field -> named.computeIfAbsent(field, name -> new TreeMap<>()));
      return named;
    }

    private void flush() throws IOException {
      if (counts == null) {
        return;
      }
      for (int i = 0; i < values.length; i++) {
        Map<String, Long> of =
            named.computeIfAbsent(CustomerDocument.FACETS.get(i), name -> new TreeMap<>());
        for (int ord = 0; ord < counts[i].length; ord++) {
          if (counts[i][ord] > 0) {
            of.merge(values[i].lookupOrd(ord).utf8ToString(), counts[i][ord], Long::sum);
          }
        }
      }
      counts = null;
    }
  }
}
