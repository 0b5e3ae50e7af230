package io.nabz.job;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.function.ToIntFunction;
import org.apache.flink.api.common.state.ValueState;

/**
 * A value state that is read once while its key is hot, and written behind. What it returns is the
 * object it holds: who changes that says so by {@link #update}.
 */
final class HotValue<T> {
  private final HotState hot;
  private final int number;
  private final ValueState<T> state;
  private final ToIntFunction<? super T> heapBytes;

  /**
   * @param heapBytes what a value takes, roughly
   */
  HotValue(HotState hot, ValueState<T> state, ToIntFunction<? super T> heapBytes) {
    this.hot = requireNonNull(hot, "hot is null");
    this.state = requireNonNull(state, "state is null");
    this.heapBytes = requireNonNull(heapBytes, "heapBytes is null");
    this.number = hot.addState();
  }

  /** Of the current key; null when there is none. */
  T value() throws IOException {
    return copy().value;
  }

  void update(T value) throws IOException {
    Copy copy = copy();
    if (copy.value != value) {
      copy.value = requireNonNull(value, "value is null");
    }
    copy.hasChanged = true;
    hot.changed();
  }

  /** At once: what is to be forgotten does not wait. */
  void clear() throws IOException {
    Copy copy = copy();
    copy.value = null;
    copy.hasChanged = false;
    state.clear();
  }

  @SuppressWarnings("unchecked")
  private Copy copy() throws IOException {
    Copy copy = (Copy) hot.held(number);
    if (copy == null) {
      copy = new Copy(state.value());
      hot.hold(number, copy);
    }
    return copy;
  }

  private final class Copy implements HotState.Copy {
    T value;
    boolean hasChanged;

    Copy(T value) {
      this.value = value;
    }

    @Override
    public void write() throws IOException {
      if (hasChanged) {
        state.update(value);
        hasChanged = false;
      }
    }

    @Override
    public int heapBytes() {
      return value == null ? 0 : heapBytes.applyAsInt(value);
    }
  }
}
