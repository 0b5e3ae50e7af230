package io.nabz.benchmarks.jmh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.kpi.Fact;
import io.nabz.kpi.Facts;
import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.Life;
import io.nabz.kpi.PaneBatch;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.PaneState;
import io.nabz.kpi.PaneView;
import io.nabz.kpi.Share;
import io.nabz.kpi.Subject;
import io.nabz.kpi.SubjectKind;
import io.nabz.kpi.SubjectLogic;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.model.KpiKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the floor's figures cost a contact's event, in their parts: counting it, adding it up for
 * the panes, taking the sums to the panes, telling a pane. State goes through its serializer as
 * RocksDB makes it; RocksDB itself, timers and Kafka are not in it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FloorCounting {
  /** A fifth of a second at 5,000 events/s. */
  private static final int EVENTS = 1_000;

  private static final KpiPolicy POLICY = KpiPolicy.DEFAULT;
  private static final String[] LIFE = {
    EventTypes.CONTACT_INITIATED,
    EventTypes.CONTACT_QUEUED,
    EventTypes.CONTACT_CONNECTED,
    EventTypes.CONTACT_ENDED
  };
  private static final Instant START = Instant.parse("2026-11-22T10:15:30.123Z");

  private final Map<SubjectKind, SubjectLogic<Subject>> logics = new HashMap<>();
  private final Map<SubjectKind, TypeSerializer<Subject>> serializers = new HashMap<>();
  private final DataOutputSerializer out = new DataOutputSerializer(4_096);
  private final DataInputDeserializer in = new DataInputDeserializer();
  private final TypeSerializer<PaneDelta> deltaSerializer = serializer(PaneDelta.class);
  private final TypeSerializer<PaneState> paneSerializer = serializer(PaneState.class);
  private List<Fact> facts;
  private List<Share> shares;
  private List<PaneDelta> deltas;
  private PaneState pane;
  private byte[] paneBytes;
  private KpiKey paneKey;
  private long emitted;

  @Setup
  @SuppressWarnings("unchecked")
  public void count() throws IOException {
    for (SubjectKind kind : SubjectKind.values()) {
      Life<Subject> life = (Life<Subject>) SubjectLogic.lifeOf(kind, POLICY);
      logics.put(kind, new SubjectLogic<>(life, share -> emitted++));
      Class<Subject> type = (Class<Subject>) life.begin().getClass();
      serializers.put(kind, serializer(type));
    }
    facts = facts();
    shares = shares();
    PaneBatch batch = new PaneBatch(POLICY.zone());
    shares.forEach(batch::add);
    deltas = new ArrayList<>(batch.drain());
    paneKey = KpiKey.parse("default/total/15m@2026-11-22T10:15:00Z");
    pane = new PaneState();
    for (PaneDelta delta : deltas) {
      if (delta.pane.equals(paneKey.toString())) {
        pane.add(delta);
      }
    }
    paneSerializer.serialize(pane, out);
    paneBytes = out.getCopyOfBuffer();
    System.out.printf(
        "%d events: %d facts, %d shares, %d deltas; the total's pane has %d bytes%n",
        EVENTS, facts.size(), shares.size(), deltas.size(), paneBytes.length);
  }

  private static <T> TypeSerializer<T> serializer(Class<T> type) {
    return TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
  }

  /** Facts to shares, the subject's state read and written with each. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long subjects() throws IOException {
    Map<String, byte[]> state = new HashMap<>();
    for (Fact fact : facts) {
      SubjectKind kind = SubjectKind.of(fact.subject);
      TypeSerializer<Subject> serializer = serializers.get(kind);
      byte[] bytes = state.get(fact.subject);
      Subject subject = null;
      if (bytes != null) {
        in.setBuffer(bytes);
        subject = serializer.deserialize(in);
      }
      subject = logics.get(kind).apply(subject, fact);
      out.clear();
      serializer.serialize(subject, out);
      state.put(fact.subject, out.getCopyOfBuffer());
    }
    return emitted;
  }

  /** Shares to what goes to the panes. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public Object sums() {
    PaneBatch batch = new PaneBatch(POLICY.zone());
    for (Share share : shares) {
      batch.add(share);
    }
    return batch.drain();
  }

  /** What goes to the panes, through the shuffle. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long shuffle() throws IOException {
    long changes = 0;
    for (PaneDelta delta : deltas) {
      out.clear();
      deltaSerializer.serialize(delta, out);
      in.setBuffer(out.getSharedBuffer(), 0, out.length());
      changes += deltaSerializer.deserialize(in).changes;
    }
    return changes;
  }

  /** One pane read from state and written back. */
  @Benchmark
  public int paneState() throws IOException {
    in.setBuffer(paneBytes);
    PaneState read = paneSerializer.deserialize(in);
    out.clear();
    paneSerializer.serialize(read, out);
    return out.length();
  }

  /** One pane's figures written. */
  @Benchmark
  public byte[] tell() {
    return Json.bytes(PaneView.of(paneKey, pane, POLICY));
  }

  private List<Share> shares() {
    List<Share> all = new ArrayList<>();
    Map<SubjectKind, SubjectLogic<Subject>> counting = new HashMap<>();
    for (SubjectKind kind : SubjectKind.values()) {
      @SuppressWarnings("unchecked")
      Life<Subject> life = (Life<Subject>) SubjectLogic.lifeOf(kind, POLICY);
      TypeSerializer<Share> copies = serializer(Share.class);
      counting.put(kind, new SubjectLogic<>(life, share -> all.add(copies.copy(share))));
    }
    Map<String, Subject> state = new HashMap<>();
    for (Fact fact : facts) {
      SubjectLogic<Subject> logic = counting.get(SubjectKind.of(fact.subject));
      state.compute(fact.subject, (key, known) -> logic.apply(known, fact));
    }
    return all;
  }

  /** The contacts of a busy floor: four queues, five channels' worth of customers, 200 agents. */
  private static List<Fact> facts() {
    SplittableRandom random = new SplittableRandom(42);
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      int contact = i / LIFE.length;
      int step = i % LIFE.length;
      ObjectNode data = Json.mapper().createObjectNode();
      data.put("contactId", "k-%06d-1".formatted(contact));
      data.put("channel", contact % 5 < 3 ? "voice" : contact % 5 == 3 ? "chat" : "email");
      data.put("queue", "queue-" + contact % 4);
      if (step >= 2) {
        data.put("agentId", "a-%03d".formatted(contact % 200));
        data.put("waitSeconds", random.nextInt(600));
      }
      String customer = "C-%06d".formatted(contact);
      Event event =
          new Event(
              CustomerKey.DEFAULT_TENANT,
              "/pbx/tehran",
              "e-" + i,
              LIFE[step],
              START.plusMillis(i),
              customer,
              data);
      facts.addAll(Facts.of(event, new CustomerKey(CustomerKey.DEFAULT_TENANT, customer)));
    }
    return facts;
  }
}
