package io.nabz.benchmarks.jmh;

import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import io.nabz.model.Json;
import io.nabz.model.Money;
import io.nabz.model.Snapshot;
import io.nabz.model.Touchpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a customer's snapshot to the bytes in the topic, by how long the journey is. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SnapshotWriting {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

  @Param({"1", "10", "50"})
  public int journeySteps;

  private Snapshot snapshot;

  @Setup
  public void makeSnapshot() {
    snapshot = snapshot(journeySteps);
  }

  @Benchmark
  public byte[] write() {
    return Json.bytes(snapshot);
  }

  static Snapshot snapshot(int journeySteps) {
    Snapshot.Contact contact =
        new Snapshot.Contact(
            "k-77",
            "voice",
            "inbound",
            ContactState.CONNECTED,
            "billing",
            "a-012",
            "delivery",
            null,
            NOW,
            NOW.minusSeconds(60),
            null,
            42.0,
            null,
            0);
    Money price = new Money(new BigDecimal("120000"), "IRR");
    Snapshot.Cart cart =
        new Snapshot.Cart(
            "cart-1",
            List.of(new Snapshot.CartItem("SKU-1", "A product", BigDecimal.ONE, price)),
            price,
            CartState.OPEN,
            NOW);
    List<Touchpoint> journey =
        IntStream.range(0, journeySteps).mapToObj(SnapshotWriting::step).toList();
    return new Snapshot(
        "C-1024",
        118,
        NOW,
        new Snapshot.Identity(
            Map.of("phone", List.of("+982112345678")), Map.of("name", "Customer"), "fa", NOW),
        List.of(),
        new Snapshot.CurrentActivity(List.of(contact), cart, List.of(), List.of(), List.of(), NOW),
        new Snapshot.History(
            List.of(contact),
            Map.of("contact.voice", Map.of("1h", 1, "24h", 3, "7d", 4, "30d", 4)),
            Map.of("24h", new Snapshot.Repeats(1, 3)),
            journey,
            List.of(),
            NOW),
        new Snapshot.Value(4, price, "gold", 12, List.of(), NOW),
        new Snapshot.Sentiment(-0.41, "negative", "falling", null, List.of(), NOW),
        List.of(
            new Snapshot.Flag(
                FlagCode.REPEAT_CALLER,
                FlagCode.REPEAT_CALLER.severity(),
                NOW,
                List.of("b-1", "b-2", "b-3"))),
        new Snapshot.Actions(List.of(), null, List.of(), "billing", List.of()),
        Map.of("/pbx/tehran", new Snapshot.Freshness(NOW, 41)));
  }

  private static Touchpoint step(int number) {
    return new Touchpoint(
        "b-" + number,
        EventTypes.MESSAGE_RECEIVED,
        NOW.minusSeconds(number),
        "chat",
        "k-77",
        "billing",
        null,
        null,
        "Where is my parcel? It was promised for yesterday.",
        -0.4,
        null,
        null,
        null,
        null,
        null);
  }
}
