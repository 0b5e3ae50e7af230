package io.nabz.benchmarks.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.rules.engine.Call;
import io.nabz.rules.engine.CustomerView;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.RuleState;
import io.nabz.rules.language.RuleReader;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The product's matcher, its state read from RocksDB and written back for each event it concerns.
 */
final class OurMatcher extends KeyedProcessFunction<String, RulesRecord, Long> {
  private static final long serialVersionUID = 1;

  private final List<RulesPattern> patterns;
  private transient RuleEngine engine;
  private transient RuleSet rules;
  private transient ValueState<byte[]> states;

  OurMatcher(List<RulesPattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  @Override
  public void open(OpenContext context) {
    engine = new RuleEngine();
    rules =
        new RuleSet(
            patterns.stream()
                .map(p -> RuleCompiler.compile(RuleReader.read(p.yaml().getBytes(UTF_8))))
                .toList());
    states =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "rules", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    RulesMeter.current().ready();
  }

  @Override
  public void processElement(RulesRecord record, Context context, Collector<Long> out)
      throws Exception {
    Event event = EventDecoder.trusted(record.event);
    if (!rules.waitsFor(event.type())) {
      return;
    }
    RuleState state = RuleState.of(states.value());
    Call call =
        new Call(
            new CustomerKey(CustomerKey.DEFAULT_TENANT, context.getCurrentKey()),
            CustomerView.UNKNOWN,
            event.time(),
            Instant.EPOCH,
            alert -> out.collect(completedBy(alert)));
    if (engine.apply(rules, state, event, RuleEngine.NO_WATERMARK, call)) {
      states.update(state.packed());
    }
  }

  private static long completedBy(Alert alert) {
    return RulesTraffic.number(alert.evidence().get(alert.evidence().size() - 1).eventId());
  }
}
