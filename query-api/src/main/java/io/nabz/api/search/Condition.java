package io.nabz.api.search;

import io.nabz.api.store.SearchFields;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiPredicate;
import org.apache.lucene.search.Query;

/**
 * One part of a question, in the two ways in which it is asked: of the index, and of one customer.
 *
 * @param test null for names and handles, which are asked of the index alone
 * @param age that the last contact is compared with; null for none
 */
public record Condition(
    boolean not, Query query, BiPredicate<SearchFields, Instant> test, Duration age) {
  static Condition of(Query query, BiPredicate<SearchFields, Instant> test) {
    return new Condition(false, query, test, null);
  }

  static Condition of(Query query) {
    return of(query, null);
  }

  Condition denied() {
    return new Condition(
        true, query, test == null ? null : (fields, now) -> !test.test(fields, now), age);
  }
}
