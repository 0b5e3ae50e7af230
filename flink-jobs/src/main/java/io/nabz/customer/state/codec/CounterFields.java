package io.nabz.customer.state.codec;

import io.nabz.customer.state.CoarseCounter;
import io.nabz.customer.state.SeenIds;
import io.nabz.customer.state.TimeCounter;

/** The fields of what is counted over time, and of the events that are known. */
final class CounterFields {
  private CounterFields() {}

  static void writeTimes(FieldWriter out, TimeCounter counter) {
    out.times(1, counter.times);
    out.steps(2, counter.buckets);
    out.counts(3, counter.bucketCounts);
  }

  static TimeCounter readTimes(FieldReader in) {
    TimeCounter counter = new TimeCounter();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> counter.times = in.times();
        case 2 -> counter.buckets = in.steps();
        case 3 -> counter.bucketCounts = in.counts();
        default -> in.skip();
      }
    }
    return counter;
  }

  static void writeCoarse(FieldWriter out, CoarseCounter counter) {
    out.steps(1, counter.buckets);
    out.counts(2, counter.counts);
  }

  static CoarseCounter readCoarse(FieldReader in) {
    CoarseCounter counter = new CoarseCounter();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> counter.buckets = in.smallSteps();
        case 2 -> counter.counts = in.counts();
        default -> in.skip();
      }
    }
    return counter;
  }

  static void writeSeen(FieldWriter out, SeenIds seen) {
    out.hashes(1, seen.hashes);
    out.number(2, seen.size);
    out.number(3, seen.oldest);
  }

  static SeenIds readSeen(FieldReader in) {
    SeenIds seen = new SeenIds();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> seen.hashes = in.hashes();
        case 2 -> seen.size = in.smallNumber();
        case 3 -> seen.oldest = in.smallNumber();
        default -> in.skip();
      }
    }
    return seen;
  }
}
