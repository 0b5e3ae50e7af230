package io.nabz.job;

import io.nabz.identity.Kept;
import java.util.function.ToIntFunction;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;

/** A function of a key whose state stays on the heap for a while; a {@link HotOperator} runs it. */
abstract class HotFunction<I, O> extends KeyedProcessFunction<String, I, O> {
  private static final long serialVersionUID = 1;

  /** Makes its states, once there is a context to take them from. */
  abstract void open(HotState hot);

  /**
   * @param heapBytes what a value takes, roughly
   */
  final <T> HotValue<T> value(
      HotState hot, String name, Class<T> type, ToIntFunction<? super T> heapBytes) {
    return new HotValue<>(
        hot,
        getRuntimeContext().getState(new ValueStateDescriptor<>(name, TypeInformation.of(type))),
        heapBytes);
  }

  final HotArchive archive(HotState hot, String name) {
    return new HotArchive(
        hot,
        getRuntimeContext()
            .getListState(new ListStateDescriptor<>(name, TypeInformation.of(Kept.class))));
  }
}
