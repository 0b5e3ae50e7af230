package io.nabz.launcher.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of a recording, counted while it is replayed. */
final class Summary {
  private static final int FIRST_LINES = 5;

  /** How often a reason came up, and the lines on which it did first. */
  static final class Reason {
    private long count;
    private final List<Long> firstLines = new ArrayList<>();

    long count() {
      return count;
    }

    List<Long> firstLines() {
      return List.copyOf(firstLines);
    }

    private void add(long line) {
      count++;
      if (line > 0 && firstLines.size() < FIRST_LINES) {
        firstLines.add(line);
      }
    }
  }

  private final Map<String, Reason> refused = new TreeMap<>();
  private final Map<String, Reason> leftOut = new TreeMap<>();
  private long records;
  private long events;
  private long sent;
  private long outOfOrder;
  private Instant first;
  private Instant last;

  void read(Translation translation, long line) {
    if (translation.kind() == Translation.Kind.SILENT) {
      return;
    }
    records++;
    events += translation.events().size();
    if (translation.kind() == Translation.Kind.REFUSED) {
      refuse(translation.reason(), line);
    } else if (translation.kind() == Translation.Kind.LEFT_OUT) {
      leftOut.computeIfAbsent(translation.reason(), r -> new Reason()).add(line);
    }
  }

  /**
   * @param line 0 when it is no longer known
   */
  void refuse(String reason, long line) {
    refused.computeIfAbsent(reason, r -> new Reason()).add(line);
  }

  void sent(Instant time) {
    sent++;
    if (last != null && time.isBefore(last)) {
      outOfOrder++;
    }
    first = first == null || time.isBefore(first) ? time : first;
    last = last == null || time.isAfter(last) ? time : last;
  }

  long records() {
    return records;
  }

  long events() {
    return events;
  }

  long sent() {
    return sent;
  }

  /** Events sent after one that is newer than they are. */
  long outOfOrder() {
    return outOfOrder;
  }

  Map<String, Reason> refused() {
    return Map.copyOf(refused);
  }

  Map<String, Reason> leftOut() {
    return Map.copyOf(leftOut);
  }

  String show(Duration took) {
    StringBuilder text = new StringBuilder();
    text.append(line("read", "%,d records, %,d events", records, events));
    text.append(line("sent", "%,d events", sent));
    if (outOfOrder > 0) {
      text.append(line("", "%,d of them older than one sent before", outOfOrder));
    }
    reasons(text, "left out", leftOut);
    reasons(text, "refused", refused);
    if (refused.isEmpty()) {
      text.append(line("refused", "nothing"));
    }
    if (first != null) {
      text.append(
          line(
              "event time",
              "%s to %s (%s)",
              first,
              last,
              Durations.show(Duration.between(first, last))));
    }
    long perSecond = sent * 1000 / Math.max(1, took.toMillis());
    text.append(line("took", "%s, %,d events/s", Durations.show(took), perSecond));
    return text.toString();
  }

  private static void reasons(StringBuilder text, String label, Map<String, Reason> reasons) {
    String title = label;
    List<Map.Entry<String, Reason>> byCount = new ArrayList<>(reasons.entrySet());
    byCount.sort(Comparator.comparingLong(entry -> -entry.getValue().count));
    for (Map.Entry<String, Reason> entry : byCount) {
      Reason reason = entry.getValue();
      String lines =
          reason.firstLines.isEmpty()
              ? ""
              : " (line %s%s)"
                  .formatted(
                      String.join(", ", reason.firstLines.stream().map(String::valueOf).toList()),
                      reason.count > reason.firstLines.size() ? ", ..." : "");
      text.append(line(title, "%,d: %s%s", reason.count, entry.getKey(), lines));
      title = "";
    }
  }

  private static String line(String label, String format, Object... values) {
    return String.format(java.util.Locale.ROOT, "%-11s", label)
        + String.format(java.util.Locale.ROOT, format, values)
        + System.lineSeparator();
  }
}
