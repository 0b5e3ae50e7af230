package io.nabz.benchmarks;

import static java.util.Objects.requireNonNull;

/** Expects each event in the topic, as it was sent, exactly once. */
final class CopyProbe implements Probe {
  private static final byte[] ID = SequenceId.fieldPattern("id");

  private final String topic;

  CopyProbe(String topic) {
    this.topic = requireNonNull(topic, "topic is null");
  }

  @Override
  public String title() {
    return "event";
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public boolean everyEvent() {
    return true;
  }

  @Override
  public void read(byte[] key, byte[] value, EffectLog effects) {
    int digits = SequenceId.endOf(ID, value, 0);
    if (!effects.effect(digits < 0 ? -1 : SequenceId.digitsAt(value, digits))) {
      effects.duplicate();
    }
  }
}
