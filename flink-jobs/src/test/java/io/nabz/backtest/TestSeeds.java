package io.nabz.backtest;

import io.nabz.customer.CustomerPolicy;
import io.nabz.model.CustomerResolver;
import io.nabz.model.EventDecoder;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Seeds without a broker: what one worker makes of events that name their customer. */
public final class TestSeeds {
  private final Worker worker;

  public TestSeeds(CompiledRule rule, Instant keepFrom) {
    BacktestPlan plan =
        new BacktestPlan(
            "default",
            rule,
            null,
            keepFrom,
            keepFrom.plus(Duration.ofDays(3)),
            1,
            1,
            1 << 26,
            Duration.ofMinutes(1),
            CustomerPolicy.DEFAULT,
            keepFrom);
    worker =
        new Worker(
            plan, new EventDecoder(new CustomerResolver(new IdentifierNormaliser("IR"))), null);
  }

  public void take(byte[] event, String customerId, long receivedAtMs) {
    worker.take(new Worker.Item(event, customerId, null, receivedAtMs, RuleEngine.NO_WATERMARK));
  }

  public List<Seed> seeds() {
    List<Seed> seeds = new ArrayList<>();
    worker.seeds(seeds::add);
    return seeds;
  }
}
