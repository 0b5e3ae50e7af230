package io.nabz.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Latency figures side by side; a percentile that too few events stand behind is left out. */
final class LatencyReport {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String NONE = "-";
  private static final String BASELINE = "passthrough";

  private LatencyReport() {}

  static String render(Map<String, String> facts, List<LatencyResult> results) {
    Table table =
        new Table(
            List.of(
                "contender",
                "time to",
                "events",
                "sent/s",
                "p50 ms",
                "p90 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "p99 of each round"));
    byRow(results).values().forEach(rounds -> table.add(row(rounds)));
    StringBuilder text = new StringBuilder("# Nabz bench: latency\n\n");
    text.append(Table.facts(facts)).append('\n').append(table.render()).append('\n');
    ratios(results).forEach(line -> text.append(line).append('\n'));
    results.stream()
        .filter(result -> !result.ok())
        .forEach(
            result ->
                text.append(
                    "FAILED: %s, %s, round %d: %s%n"
                        .formatted(
                            result.contender().title(),
                            result.probe(),
                            result.round() + 1,
                            String.join("; ", result.problems()))));
    return text.toString();
  }

  static ObjectNode json(Map<String, String> facts, List<LatencyResult> results) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.set("facts", Json.mapper().valueToTree(facts));
    ArrayNode rows = root.putArray("results");
    for (LatencyResult result : results) {
      ObjectNode row = rows.addObject();
      row.put("contender", result.contender().name());
      row.put("probe", result.probe()).put("round", result.round() + 1);
      if (result.ok()) {
        row.put("events", result.histogram().getTotalCount());
        row.put("sentPerSecond", result.sentPerSecond());
        for (double percentile : PERCENTILES) {
          if (isBacked(result.histogram(), percentile)) {
            String name = "p" + (percentile == 99.9 ? "99.9" : Integer.toString((int) percentile));
            row.put(name + "Ms", millis(result.histogram(), percentile));
          }
        }
        row.put("maxMs", result.histogram().getMaxValue() / NANOS_PER_MILLI);
      } else {
        result.problems().forEach(row.putArray("problems")::add);
      }
    }
    return root;
  }

  private static Map<List<String>, List<LatencyResult>> byRow(List<LatencyResult> results) {
    Map<List<String>, List<LatencyResult>> rows = new LinkedHashMap<>();
    for (Contender contender : Contenders.all()) {
      for (LatencyResult result : results) {
        if (result.contender() == contender) {
          rows.computeIfAbsent(List.of(contender.name(), result.probe()), key -> new ArrayList<>())
              .add(result);
        }
      }
    }
    return rows;
  }

  private static List<String> row(List<LatencyResult> rounds) {
    LatencyResult first = rounds.get(0);
    List<String> row = new ArrayList<>(List.of(first.contender().title(), first.probe()));
    if (!rounds.stream().allMatch(LatencyResult::ok)) {
      row.addAll(List.of("FAILED", NONE, NONE, NONE, NONE, NONE, NONE, NONE));
      return row;
    }
    Histogram all = merged(rounds);
    row.add(Long.toString(all.getTotalCount()));
    row.add(format(rounds.stream().mapToDouble(LatencyResult::sentPerSecond).average(), 0));
    for (double percentile : PERCENTILES) {
      row.add(figure(all, percentile));
    }
    row.add(all.getTotalCount() == 0 ? NONE : number(all.getMaxValue() / NANOS_PER_MILLI, 2));
    row.add(
        rounds.stream()
            .map(result -> figure(result.histogram(), 99))
            .collect(Collectors.joining(", ")));
    return row;
  }

  /** How many times the baseline's p99 the others take, over all rounds and in each. */
  private static List<String> ratios(List<LatencyResult> results) {
    Map<List<String>, List<LatencyResult>> rows = byRow(results);
    List<LatencyResult> baseline =
        rows.entrySet().stream()
            .filter(row -> row.getKey().get(0).equals(BASELINE))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(List.of());
    List<String> lines = new ArrayList<>();
    if (!isComparable(baseline)) {
      return lines;
    }
    ToDoubleFunction<Histogram> p99 = histogram -> millis(histogram, 99);
    for (List<LatencyResult> rounds : rows.values()) {
      LatencyResult first = rounds.get(0);
      if (!first.contender().hasJob()
          || first.contender().name().equals(BASELINE)
          || !isComparable(rounds)) {
        continue;
      }
      List<String> each = new ArrayList<>();
      for (LatencyResult result : rounds) {
        baseline.stream()
            .filter(other -> other.round() == result.round())
            .forEach(
                other ->
                    each.add(
                        number(
                            p99.applyAsDouble(result.histogram())
                                / p99.applyAsDouble(other.histogram()),
                            2)));
      }
      lines.add(
          "p99 %s (%s) / p99 %s: %s (each round: %s)"
              .formatted(
                  first.contender().title(),
                  first.probe(),
                  baseline.get(0).contender().title(),
                  number(
                      p99.applyAsDouble(merged(rounds)) / p99.applyAsDouble(merged(baseline)), 2),
                  String.join(", ", each)));
    }
    return lines;
  }

  private static boolean isComparable(List<LatencyResult> rounds) {
    return !rounds.isEmpty()
        && rounds.stream().allMatch(result -> result.ok() && isBacked(result.histogram(), 99));
  }

  private static Histogram merged(List<LatencyResult> rounds) {
    Histogram all = LatencyRecorder.emptyHistogram();
    rounds.forEach(result -> all.add(result.histogram()));
    return all;
  }

  private static boolean isBacked(Histogram histogram, double percentile) {
    // At least one event must lie beyond it.
    return histogram.getTotalCount() * (100 - percentile) / 100 >= 1;
  }

  private static String figure(Histogram histogram, double percentile) {
    return isBacked(histogram, percentile) ? number(millis(histogram, percentile), 2) : NONE;
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  private static String format(OptionalDouble value, int digits) {
    return value.isPresent() ? number(value.getAsDouble(), digits) : NONE;
  }

  static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
