package io.nabz.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.JourneyStep;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** State from before the codec goes on in it, on the backends that a job may run on. */
class CustomerStateMigrationTest {
  private static final ValueStateDescriptor<CustomerState> FORMER =
      new ValueStateDescriptor<>("customer", TypeInformation.of(CustomerState.class));

  private static final int CUSTOMERS = 300;

  static List<StateBackend> backends() {
    return List.of(
        new EmbeddedRocksDBStateBackend(false),
        new EmbeddedRocksDBStateBackend(true),
        new HashMapStateBackend());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void customersOfTheFormerVersionAreRewrittenWhenTheyAreRestored(StateBackend backend)
      throws Exception {
    OperatorSubtaskState former;
    try (var harness = open(backend, FORMER, null)) {
      for (int i = 0; i < CUSTOMERS; i++) {
        harness.processElement(new StreamRecord<>("C-" + i));
      }
      former = harness.snapshot(1, 1);
    }
    OperatorSubtaskState rewritten;
    try (var harness = open(backend, CustomerOperator.CUSTOMER, former)) {
      for (int i = 0; i < CUSTOMERS; i += 2) {
        harness.processElement(new StreamRecord<>("C-" + i));
      }
      assertThat(harness.extractOutputValues()).containsOnly(2L).hasSize(CUSTOMERS / 2);
      // An increment would need the coordinator that knows the files of the former one.
      SnapshotType whole = SavepointType.savepoint(SavepointFormatType.CANONICAL);
      rewritten = harness.snapshotWithLocalState(2, 2, whole).getJobManagerOwnedState();
    }
    try (var harness = open(backend, CustomerOperator.CUSTOMER, rewritten)) {
      for (int i = 0; i < CUSTOMERS; i++) {
        harness.processElement(new StreamRecord<>("C-" + i));
      }
      assertThat(harness.extractOutputValues())
          .as("with one event more")
          .containsOnly(2L, 3L)
          .hasSize(CUSTOMERS);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, Long> open(
      StateBackend backend,
      ValueStateDescriptor<CustomerState> descriptor,
      OperatorSubtaskState from)
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, String, Long>(
            new KeyedProcessOperator<>(new Counting(descriptor)), name -> name, Types.STRING);
    harness.setStateBackend(backend);
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  /** Adds an event to the customer, looks whether all is there, and emits how many there are. */
  private static final class Counting extends KeyedProcessFunction<String, String, Long> {
    private static final long serialVersionUID = 1;

    private final ValueStateDescriptor<CustomerState> descriptor;
    private transient ValueState<CustomerState> customers;

    Counting(ValueStateDescriptor<CustomerState> descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public void open(OpenContext context) {
      customers = getRuntimeContext().getState(descriptor);
    }

    @Override
    public void processElement(String name, Context context, Collector<Long> out) throws Exception {
      CustomerState state = customers.value();
      if (state == null) {
        state = new CustomerState();
        state.profile.attributes.put("name", name);
      }
      assertThat(state.profile.attributes).containsEntry("name", name);
      assertThat(state.journey).hasSize((int) state.appliedEvents);
      for (JourneyStep step : state.journey) {
        assertThat(step.text).isEqualTo("سلام " + name);
        assertThat(step.sentiment).isNaN();
      }
      JourneyStep step = new JourneyStep();
      step.text = "سلام " + name;
      state.journey.add(step);
      state.appliedEvents++;
      customers.update(state);
      out.collect(state.appliedEvents);
    }
  }
}
