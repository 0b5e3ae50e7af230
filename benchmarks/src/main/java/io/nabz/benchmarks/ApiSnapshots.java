package io.nabz.benchmarks;

import io.nabz.model.Channel;
import io.nabz.model.ContactState;
import io.nabz.model.FlagCode;
import io.nabz.model.Json;
import io.nabz.model.Money;
import io.nabz.model.Severity;
import io.nabz.model.Snapshot;
import io.nabz.model.Touchpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Snapshots as large as those of the stream: about 2 KB, five steps of the journey among it. */
final class ApiSnapshots {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  private ApiSnapshots() {}

  static String customer(long number) {
    return "C-%06d".formatted(number);
  }

  static byte[] json(String customer, long version) {
    List<Touchpoint> journey = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      journey.add(
          new Touchpoint(
              customer + "-" + version + "-" + i,
              "message.received",
              TEN.plusSeconds(version + i),
              Channel.CHAT.code(),
              "k-" + i,
              "billing",
              "a-012",
              "delivery",
              "Where is my parcel? It was promised for yesterday and nobody called me.",
              -0.4,
              null,
              null,
              null,
              null,
              null));
    }
    Snapshot.Contact contact =
        new Snapshot.Contact(
            "k-1",
            "voice",
            "inbound",
            ContactState.CONNECTED,
            "billing",
            "a-012",
            null,
            null,
            TEN,
            TEN,
            null,
            null,
            null,
            0);
    return Json.bytes(
        new Snapshot(
            customer,
            version,
            TEN.plusSeconds(version),
            new Snapshot.Identity(
                Map.of("phone", List.of("+98912" + customer.substring(2) + "0")),
                Map.of("name", "سارا کریمی", "city", "تهران"),
                "fa",
                TEN),
            List.of(),
            new Snapshot.CurrentActivity(
                List.of(contact), null, List.of(), List.of(), List.of(), TEN),
            new Snapshot.History(
                List.of(),
                Map.of("contact.voice", Map.of("1h", 1, "24h", 3, "7d", 4, "30d", 4)),
                Map.of(),
                journey,
                List.of(),
                TEN),
            new Snapshot.Value(
                4, new Money(new BigDecimal("1250000"), "IRR"), "gold", 12, List.of(), TEN),
            null,
            List.of(new Snapshot.Flag(FlagCode.REPEAT_CALLER, Severity.HIGH, TEN, List.of())),
            null,
            Map.of()));
  }
}
