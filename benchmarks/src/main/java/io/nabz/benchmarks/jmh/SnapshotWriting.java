package io.nabz.benchmarks.jmh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.customer.Changes;
import io.nabz.customer.CustomerLogic;
import io.nabz.customer.CustomerPolicy;
import io.nabz.customer.state.CustomerState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.text.TextReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/**
 * From a customer to the bytes in the topic, by how many events the customer has lived through:
 * straight from the state, as the job does it, and beside it the data binding of a snapshot's
 * records, without what making those costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SnapshotWriting {
  private static final Instant START = Instant.parse("2026-11-22T10:15:30.123Z");
  private static final CustomerKey KEY = new CustomerKey(CustomerKey.DEFAULT_TENANT, "C-1024");
  private static final List<String> TYPES =
      List.of(
          EventTypes.PAGE_VIEWED,
          EventTypes.CART_ITEM_ADDED,
          EventTypes.CONTACT_INITIATED,
          EventTypes.CONTACT_CONNECTED,
          EventTypes.MESSAGE_RECEIVED,
          EventTypes.CONTACT_ENDED);

  @Param({"6", "30", "120"})
  public int events;

  private final CustomerLogic logic =
      new CustomerLogic(CustomerPolicy.DEFAULT, TextReader.create());

  private CustomerState state;
  private Snapshot snapshot;

  @Setup
  public void live() throws IOException {
    state = lived(logic, events);
    snapshot = Json.read(logic.snapshot(KEY, state), Snapshot.class);
  }

  @Benchmark
  public byte[] fromState() {
    return logic.snapshot(KEY, state);
  }

  @Benchmark
  public byte[] bound() {
    return Json.bytes(snapshot);
  }

  /** A snapshot of somebody to whom so much has happened. */
  static byte[] snapshot(int events) {
    CustomerLogic logic = new CustomerLogic(CustomerPolicy.DEFAULT, TextReader.create());
    return logic.snapshot(KEY, lived(logic, events));
  }

  static CustomerState lived(CustomerLogic logic, int events) {
    CustomerState state = new CustomerState();
    for (int i = 0; i < events; i++) {
      Event event = event(i);
      long receivedAtMs = event.time().plusMillis(40).toEpochMilli();
      logic.apply(KEY, state, event, receivedAtMs, new Changes(START));
    }
    return state;
  }

  private static Event event(int number) {
    int round = number / TYPES.size();
    ObjectNode data = Json.mapper().createObjectNode();
    data.putObject("identifiers").put("phone", "+982112345678");
    data.put("contactId", "k-" + round).put("channel", "voice").put("queue", "billing");
    data.put("agentId", "a-012").put("topic", "delivery").put("cartId", "cart-1");
    data.put("sku", "SKU-" + round % 10).put("quantity", 1).put("price", 120_000);
    data.put("currency", "IRR").put("text", "Where is my parcel? It was promised for yesterday.");
    return new Event(
        KEY.tenant(),
        "/bench",
        "b-" + number,
        TYPES.get(number % TYPES.size()),
        START.plusSeconds(60L * number),
        KEY.customerId(),
        data);
  }
}
