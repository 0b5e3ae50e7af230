package io.nabz.launcher.demo;

import static io.nabz.testkit.PageLabels.assertLabelled;

import io.nabz.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the demo speaks of is what newcomers see first. */
class DemoLabelsTest {
  /** The field of an event that the pages label, and the group of its labels. */
  private static final Map<String, String> LABELLED =
      Map.of(
          "topic", "topic",
          "queue", "topic",
          "disposition", "disposition",
          "tier", "tier",
          "priority", "priority");

  @Test
  void every_topic_queue_tier_and_ending_of_the_demo_has_a_label_on_the_pages() {
    Instant start = Instant.parse("2026-11-22T10:00:00Z");
    Instant end = start.plus(Duration.ofHours(1));
    DemoScript script = new DemoScript(1, start, 20);
    Map<String, Set<String>> words = new TreeMap<>();
    for (Event event = script.next(); event.time().isBefore(end); event = script.next()) {
      for (String field : LABELLED.keySet()) {
        String word = event.text(field);
        if (word != null) {
          words.computeIfAbsent(field, f -> new TreeSet<>()).add(word);
        }
      }
    }

    LABELLED.forEach((field, group) -> assertLabelled(group, words.getOrDefault(field, Set.of())));
  }
}
