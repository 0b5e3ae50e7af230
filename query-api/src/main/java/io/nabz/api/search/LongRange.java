package io.nabz.api.search;

import org.apache.lucene.document.LongPoint;
import org.apache.lucene.search.Query;

/** Whole numbers from one to another, both included. */
record LongRange(long from, long to) {
  static LongRange of(String operator, long value) {
    return switch (operator) {
      case ">" -> new LongRange(value + 1, Long.MAX_VALUE);
      case ">=" -> new LongRange(value, Long.MAX_VALUE);
      case "<" -> new LongRange(Long.MIN_VALUE, value - 1);
      case "<=" -> new LongRange(Long.MIN_VALUE, value);
      default -> new LongRange(value, value);
    };
  }

  boolean holds(long value) {
    return value >= from && value <= to;
  }

  Query query(String field) {
    return LongPoint.newRangeQuery(field, from, to);
  }
}
