package io.nabz.benchmarks.rules;

import java.util.concurrent.locks.LockSupport;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/** Makes the events of a load until it is over. */
final class RulesSource implements SourceFunction<byte[]> {
  private static final long serialVersionUID = 1;

  private final RulesLoad load;
  private volatile boolean cancelled;

  RulesSource(RulesLoad load) {
    this.load = load;
  }

  @Override
  public void run(SourceContext<byte[]> context) throws InterruptedException {
    RulesMeter meter = RulesMeter.current();
    long start = meter.start();
    long number = 0;
    while (!cancelled) {
      long now = System.nanoTime() - start;
      if (load.isOver(number, now)) {
        break;
      }
      long early = load.dueNanos(number) - now;
      if (early > 0) {
        LockSupport.parkNanos(early);
        continue;
      }
      byte[] event = load.traffic().event(number++);
      synchronized (context.getCheckpointLock()) {
        context.collect(event);
      }
    }
    meter.sent(number);
  }

  @Override
  public void cancel() {
    cancelled = true;
  }
}
