package io.nabz.benchmarks;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.Json;
import io.nabz.model.LocalisedText;
import io.nabz.model.Severity;
import java.time.Instant;
import java.util.List;

/** Alerts as the stream writes them. */
final class AlertBytes {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  private AlertBytes() {}

  /**
   * @param eventId of the event that completes it
   * @param adviceBytes how long its advice is, more or less; 0 for an ordinary one
   */
  static byte[] of(String eventId, String queue, int adviceBytes) {
    return Json.bytes(
        new Alert(
            "alert-" + eventId,
            "bench",
            1,
            "C-bench",
            Audience.AGENT,
            Severity.HIGH,
            AlertState.OPEN,
            "a-012",
            "k-77",
            queue,
            new LocalisedText("Third call about the same matter", "سومین تماس برای یک موضوع"),
            adviceBytes == 0 ? null : new LocalisedText("x".repeat(adviceBytes), "x"),
            List.of(new Alert.Evidence("call", eventId, "contact.initiated", TEN)),
            null,
            new Alert.Times(TEN, TEN, TEN, null)));
  }
}
