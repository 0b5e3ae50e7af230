package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One operator that holds states, on its way through a stream, on RocksDB. */
final class HotRun<I, O> implements AutoCloseable {
  /** A function and what it may be told. */
  record Scene<I, O>(
      Supplier<HotFunction<I, O>> function,
      Function<Random, List<I>> records,
      KeySelector<I, String> key,
      Class<I> type,
      List<OutputTag<?>> sideOutputs,
      List<StateDescriptor<?, ?>> states) {}

  private static final int MAX_PARALLELISM = 10;
  private static final long T0 = START.toEpochMilli();

  private final Scene<I, O> scene;
  private final Long mostBytes;
  private final List<String> told = new ArrayList<>();
  private OperatorSubtaskState checkpoint;
  private KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;

  HotRun(Scene<I, O> scene, Long mostBytes) throws Exception {
    this.scene = scene;
    this.mostBytes = mostBytes;
    harness = open(null, T0, 1, 0);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, I, O> open(
      OperatorSubtaskState from, long wallMs, int subtasks, int subtask) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, I, O> opened =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new HotOperator<>(scene.function.get(), mostBytes),
            scene.key,
            Types.STRING,
            MAX_PARALLELISM,
            subtasks,
            subtask);
    EmbeddedRocksDBStateBackend rocksDb = new EmbeddedRocksDBStateBackend(false);
    rocksDb.getMemoryConfiguration().setUseManagedMemory(false);
    opened.setStateBackend(rocksDb);
    opened.setProcessingTime(wallMs);
    if (from != null) {
      opened.initializeState(from);
    }
    opened.open();
    return opened;
  }

  /** Another one after each failure. */
  KeyedOneInputStreamOperatorTestHarness<String, I, O> harness() {
    return harness;
  }

  /** A copy, as from the network: what is told may be kept. */
  void send(I record) throws Exception {
    I copy =
        TypeInformation.of(scene.type)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig())
            .copy(record);
    harness.processElement(new StreamRecord<>(copy, T0));
  }

  void takeCheckpoint() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    checkpoint = harness.snapshot(1, 1);
  }

  void failAndResume(long wallMs) throws Exception {
    note();
    harness.close();
    harness = open(checkpoint, wallMs, 1, 0);
  }

  List<String> told() {
    note();
    return told;
  }

  private void note() {
    harness.extractOutputValues().forEach(value -> told.add(Json.string(value)));
    harness.getOutput().clear();
    for (OutputTag<?> tag : scene.sideOutputs) {
      var side = harness.getSideOutput(tag);
      if (side != null) {
        side.forEach(element -> told.add(tag.getId() + Json.string(element.getValue())));
        side.clear();
      }
    }
  }

  Map<String, String> state() throws Exception {
    return state(harness);
  }

  /** What two subtasks find that take up the last checkpoint. */
  Map<String, String> stateOfTwo() throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (int i : IntStream.range(0, 2).toArray()) {
      OperatorSubtaskState part =
          KeyedOneInputStreamOperatorTestHarness.repartitionOperatorState(
              checkpoint, MAX_PARALLELISM, 1, 2, i);
      try (var subtask = open(part, T0, 2, i)) {
        Map<String, String> found = state(subtask);
        assertThat(found).isNotEmpty();
        all.putAll(found);
      }
    }
    return all;
  }

  private Map<String, String> state(KeyedOneInputStreamOperatorTestHarness<String, I, O> of)
      throws Exception {
    Map<String, String> found = new TreeMap<>();
    KeyedStateBackend<String> backend =
        ((HotOperator<I, O>) of.getOperator()).getKeyedStateBackend();
    for (StateDescriptor<?, ?> descriptor : scene.states) {
      try (Stream<String> keys = backend.getKeys(descriptor.getName(), VoidNamespace.INSTANCE)) {
        for (String key : keys.toList()) {
          backend.setCurrentKey(key);
          found.put(descriptor.getName() + " " + key, read(backend, descriptor));
        }
      }
    }
    return found;
  }

  private static String read(KeyedStateBackend<String> backend, StateDescriptor<?, ?> descriptor)
      throws Exception {
    State state =
        backend.getPartitionedState(
            VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
    return Json.string(
        state instanceof ValueState<?> value ? value.value() : ((ListState<?>) state).get());
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
