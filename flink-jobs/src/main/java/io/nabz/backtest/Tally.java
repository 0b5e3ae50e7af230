package io.nabz.backtest;

import io.nabz.backtest.BacktestResult.Example;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.StableHash;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The alerts of one rule over the customers of one worker. */
final class Tally {
  /** More are no answer but a flood, and would have to be kept to be compared. */
  static final int MAX_ALERTS = 100_000;

  static final int EXAMPLES = 10;

  /** Of further ones only what they rest on is kept, as a hash. */
  private static final int MAX_SHOWN = 2_000;

  private static final Example NOBODY = new Example(null, Instant.EPOCH, null, List.of());
  private static final int EXAMPLES_OF_DIFFERENCE = 5;

  private final Instant from;
  private final Instant to;
  private final Map<LocalDate, Long> perDay = new TreeMap<>();
  private final Set<String> customers = new HashSet<>();

  /** By what the alert rests on. */
  private final Map<Long, Example> kept = new HashMap<>();

  private long alerts;
  private long retracted;

  Tally(Instant from, Instant to) {
    this.from = from;
    this.to = to;
  }

  void take(Alert alert) {
    Instant at = alert.times().eventAt();
    if (at.isBefore(from) || !at.isBefore(to)) {
      return;
    }
    long key = key(alert);
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    if (alert.state() == AlertState.RETRACTED) {
      if (kept.remove(key) != null) {
        retracted++;
        alerts--;
        perDay.merge(day, -1L, Long::sum);
      }
      return;
    }
    if (kept.size() >= MAX_ALERTS) {
      throw new BacktestException(
          "the rule matches more than "
              + MAX_ALERTS
              + " times; narrow it, give it a cooldown, or look at a shorter range or a sample");
    }
    Example example =
        kept.size() < MAX_SHOWN
            ? new Example(alert.customerId(), at, alert.title(), alert.evidence())
            : NOBODY;
    if (kept.put(key, example) == null) {
      alerts++;
      perDay.merge(day, 1L, Long::sum);
      if (alert.customerId() != null) {
        customers.add(alert.customerId());
      }
    }
  }

  /** Nothing that names the customer stays; that there were so many does. */
  void forget(String customerId) {
    kept.replaceAll((key, example) -> customerId.equals(example.customerId()) ? NOBODY : example);
  }

  private static long key(Alert alert) {
    StringBuilder events = new StringBuilder();
    alert.evidence().forEach(event -> events.append(event.eventId()).append('\n'));
    String customerId = alert.customerId();
    return StableHash.pair(customerId == null ? "" : customerId, events.toString());
  }

  long alerts() {
    return alerts;
  }

  long retracted() {
    return retracted;
  }

  int customers() {
    return customers.size();
  }

  Map<LocalDate, Long> perDay() {
    return perDay;
  }

  /** The earliest, of as many customers as there are. */
  static List<Example> examples(List<Tally> tallies) {
    List<Example> all = new ArrayList<>();
    tallies.forEach(tally -> all.addAll(tally.kept.values()));
    return first(all, EXAMPLES);
  }

  /** What this one has and the other has not. */
  static List<Example> onlyIn(List<Tally> those, List<Tally> others) {
    List<Example> only = new ArrayList<>();
    for (int i = 0; i < those.size(); i++) {
      Set<Long> other = others.get(i).kept.keySet();
      those
          .get(i)
          .kept
          .forEach(
              (key, example) -> {
                if (!other.contains(key)) {
                  only.add(example);
                }
              });
    }
    return only;
  }

  static List<Example> firstOfDifference(List<Example> only) {
    return first(only, EXAMPLES_OF_DIFFERENCE);
  }

  private static List<Example> first(List<Example> all, int limit) {
    Set<String> shown = new HashSet<>();
    return all.stream()
        .filter(example -> example != NOBODY)
        .sorted(
            Comparator.comparing(Example::at)
                .thenComparing(example -> String.valueOf(example.customerId())))
        .filter(example -> example.customerId() == null || shown.add(example.customerId()))
        .limit(limit)
        .toList();
  }
}
