package io.nabz.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The floor's figures of days, as the running service tells them, added up. */
final class FloorDays {
  private final List<JsonNode> days;

  private FloorDays(List<JsonNode> days) {
    this.days = days;
  }

  /** The total's days that begin from {@code from} on and before {@code to}. */
  static FloorDays read(UpProcess up, String token, Instant from, Instant to)
      throws IOException, InterruptedException {
    List<JsonNode> days = new ArrayList<>();
    String question =
        "/v1/kpis?dimension=total&interval=1d&limit=500&from=%s&to=%s".formatted(from, to);
    String cursor = null;
    do {
      JsonNode page = up.get(cursor == null ? question : question + "&cursor=" + cursor, token);
      page.path("items").forEach(days::add);
      cursor = page.path("nextCursor").asText(null);
    } while (cursor != null);
    return new FloorDays(days);
  }

  long sum(String pointer) {
    return days.stream().mapToLong(day -> day.at(pointer).asLong()).sum();
  }

  /** The mean over all days of what has a mean and a count in each, with three decimals. */
  String mean(String meanPointer, String countPointer) {
    double sum =
        days.stream()
            .mapToDouble(day -> day.at(meanPointer).asDouble() * day.at(countPointer).asLong())
            .sum();
    return String.format(Locale.ROOT, "%.3f", sum / sum(countPointer));
  }

  /** Two decimals of a percentage. */
  String percent(String partPointer, String wholePointer) {
    return String.format(Locale.ROOT, "%.2f", 100.0 * sum(partPointer) / sum(wholePointer));
  }
}
