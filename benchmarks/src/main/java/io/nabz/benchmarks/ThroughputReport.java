package io.nabz.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Throughput figures side by side, a row for each round. */
final class ThroughputReport {
  private static final String NONE = "-";

  private ThroughputReport() {}

  static String render(
      Map<String, String> facts, List<ThroughputResult> results, TrafficOptions traffic) {
    Table table =
        new Table(
            List.of(
                "contender",
                "round",
                "events",
                "seconds",
                "events/s",
                "records out/s",
                "MiB out/s",
                "job CPU us/event",
                "state MiB",
                "state B/customer"));
    for (Contender contender : Contenders.all()) {
      results.stream()
          .filter(result -> result.contender() == contender)
          .forEach(result -> table.add(row(result, traffic.customers)));
    }
    StringBuilder text = new StringBuilder("# Nabz bench: throughput\n\n");
    text.append(Table.facts(facts)).append('\n').append(table.render()).append('\n');
    results.stream()
        .filter(result -> !result.ok())
        .forEach(
            result ->
                text.append(
                    "FAILED: %s, round %d: %s%n"
                        .formatted(
                            result.contender().title(),
                            result.round() + 1,
                            String.join("; ", result.problems()))));
    return text.toString();
  }

  static ObjectNode json(Map<String, String> facts, List<ThroughputResult> results) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.set("facts", Json.mapper().valueToTree(facts));
    ArrayNode rows = root.putArray("results");
    for (ThroughputResult result : results) {
      ObjectNode row = rows.addObject();
      row.put("contender", result.contender().name()).put("round", result.round() + 1);
      row.put("events", result.events());
      if (result.ok()) {
        row.put("seconds", result.seconds());
        row.put("perSecond", result.perSecond());
        row.put("records", result.records()).put("bytes", result.bytes());
        row.put("stateBytes", result.stateBytes());
        row.put("jobCpuMs", result.cpu().toMillis());
      } else {
        result.problems().forEach(row.putArray("problems")::add);
      }
    }
    return root;
  }

  private static List<String> row(ThroughputResult result, int customers) {
    String title = result.contender().title();
    String round = Integer.toString(result.round() + 1);
    String events = Long.toString(result.events());
    if (!result.ok()) {
      return List.of(title, round, events, "FAILED", NONE, NONE, NONE, NONE, NONE, NONE);
    }
    boolean hasJob = result.contender().hasJob();
    return List.of(
        title,
        round,
        events,
        LatencyReport.number(result.seconds(), 1),
        grouped(result.perSecond()),
        grouped(result.recordsPerSecond()),
        LatencyReport.number(result.mebibytesPerSecond(), 1),
        hasJob ? LatencyReport.number(micros(result.cpu()) / result.events(), 1) : NONE,
        hasJob ? LatencyReport.number(result.stateBytes() / (double) (1 << 20), 1) : NONE,
        hasJob ? Long.toString(result.stateBytes() / customers) : NONE);
  }

  private static double micros(Duration duration) {
    return duration.toNanos() / 1e3;
  }

  private static String grouped(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
