package io.nabz.api.audiences;

import static java.util.Objects.requireNonNull;

import io.nabz.api.search.Condition;
import io.nabz.api.search.CustomerQuery;
import io.nabz.api.search.CustomerSearch;
import io.nabz.api.settings.SettingsStore;
import io.nabz.api.store.WatchedSegment;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.LocalisedText;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.lucene.search.Query;

/**
 * The saved segments of each tenant. None asks for names or handles: a segment is read by people
 * who may see neither, and a question that names somebody would tell them.
 */
public final class Segments {
  private static final String KIND = "segment";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int MAX_OF_A_TENANT = 500;
  private static final int MAX_NAME_CHARS = 200;

  private final SettingsStore settings;
  private final CustomerSearch search;
  private final IdentifierNormaliser normaliser;
  private final Clock clock;

  public Segments(
      SettingsStore settings, CustomerSearch search, IdentifierNormaliser normaliser, Clock clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.search = requireNonNull(search, "search is null");
    this.normaliser = requireNonNull(normaliser, "normaliser is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  public List<SavedSegment> list(String tenant) {
    return settings.list(tenant, KIND, SavedSegment.class);
  }

  /** Those of all tenants. */
  List<SavedSegment> everywhere() {
    return settings.everywhere(KIND, SavedSegment.class);
  }

  /** Grows when a segment may have changed. */
  long changes() {
    return settings.changes();
  }

  public Optional<SavedSegment> get(String tenant, String id) {
    return settings.get(tenant, KIND, id, SavedSegment.class);
  }

  /**
   * @throws IllegalArgumentException saying what to send
   */
  public SavedSegment put(String tenant, String id, LocalisedText name, String query, String by) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id: send 1 to 64 of letters, digits, '.', '-' and '_' in the path, e.g. gold-at-risk");
    }
    if (name == null || isWrong(name.en()) || isWrong(name.fa())) {
      throw new IllegalArgumentException(
          "name: send {\"en\": \"...\", \"fa\": \"...\"}, 200 characters at most each");
    }
    if (query == null || query.isBlank()) {
      throw new IllegalArgumentException("query: send e.g. tier:gold lastContact<7d");
    }
    if (get(tenant, id).isEmpty() && settings.count(tenant, KIND) >= MAX_OF_A_TENANT) {
      throw new IllegalArgumentException(
          MAX_OF_A_TENANT + " segments are the most; delete one that is not used");
    }
    SavedSegment segment = new SavedSegment(tenant, id, name, query.strip(), clock.instant(), by);
    try {
      query(segment);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("query: " + e.getMessage(), e);
    }
    settings.put(tenant, KIND, id, segment);
    return segment;
  }

  /** False when there is none. */
  public boolean delete(String tenant, String id) {
    return settings.delete(tenant, KIND, id);
  }

  /** How many are in it now. */
  public long size(SavedSegment segment) {
    return search.count(query(segment));
  }

  /** The question as of now: what is relative to now moves on with it. */
  public Query query(SavedSegment segment) {
    return new CustomerQuery(normaliser, clock.instant(), false)
        .parse(segment.tenant(), segment.query());
  }

  /** The same question, to be asked of one customer. */
  WatchedSegment test(SavedSegment segment) {
    List<Condition> conditions =
        new CustomerQuery(normaliser, clock.instant(), false).conditions(segment.query());
    return new WatchedSegment(
        segment.id(),
        segment.changedAt().toString(),
        (fields, now) -> conditions.stream().allMatch(c -> c.test().test(fields, now)),
        conditions.stream().map(Condition::age).filter(Objects::nonNull).toList());
  }

  private static boolean isWrong(String text) {
    return text.isBlank() || text.length() > MAX_NAME_CHARS;
  }
}
