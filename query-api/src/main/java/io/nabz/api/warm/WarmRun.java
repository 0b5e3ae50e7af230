package io.nabz.api.warm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.api.kafka.KafkaSettings;
import io.nabz.backtest.Backtest;
import io.nabz.backtest.BacktestException;
import io.nabz.backtest.BacktestPlan;
import io.nabz.backtest.Owners;
import io.nabz.backtest.Seed;
import io.nabz.customer.CustomerPolicy;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleState;
import io.nabz.rules.language.RuleReader;
import io.nabz.warm.HandOver;
import io.nabz.warm.WarmMessage;
import io.nabz.warm.WarmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One warm start: the stream takes the rule, the history is run, what it leaves is handed over. If
 * any of it fails the rule goes on cold.
 */
final class WarmRun implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmRun.class);

  /** Instances take a rule within a second. */
  private static final Duration UNTIL_TAKEN = Duration.ofSeconds(10);

  private static final Duration MAX_HISTORY = Duration.ofMinutes(8);
  private static final Duration UNTIL_ENDED = Duration.ofMinutes(4);

  /** No event is more than a day ahead of its arrival. */
  private static final Duration AHEAD = Duration.ofDays(3);

  private static final int HEAP_SHARE = 10;
  private static final int MAX_SEED_BYTES = 900 << 10;

  private final ObjectNode rule;
  private final String key;
  private final int version;
  private final KafkaSettings kafka;
  private final WarmTalk talk;
  private final Backtest history;
  private volatile boolean over;

  WarmRun(String tenant, ObjectNode rule, KafkaSettings kafka, WarmTalk talk, Owners owners) {
    this.rule = requireNonNull(rule, "rule is null");
    this.key = tenant + '/' + rule.path("id").asText();
    this.version = rule.path("version").asInt();
    this.kafka = requireNonNull(kafka, "kafka is null");
    this.talk = requireNonNull(talk, "talk is null");
    Instant keepFrom = Instant.parse(rule.path("changedAt").asText()).minus(HandOver.LAG);
    CompiledRule compiled = RuleCompiler.compile(RuleReader.read(rule));
    this.history =
        new Backtest(
            new BacktestPlan(
                tenant,
                compiled,
                null,
                keepFrom,
                keepFrom.plus(AHEAD),
                1,
                BacktestPlan.workersFor(compiled, null),
                Runtime.getRuntime().maxMemory() / HEAP_SHARE,
                MAX_HISTORY,
                CustomerPolicy.DEFAULT,
                keepFrom),
            owners);
  }

  ObjectNode rule() {
    return rule;
  }

  boolean isOver() {
    return over;
  }

  void cancel() {
    history.cancel();
  }

  @Override
  public void run() {
    try (talk) {
      WarmStatus status = start();
      // Else what has to be said now would be cut short as well.
      boolean interrupted = Thread.interrupted();
      LOG.info("rule {} version {} is {}", key, version, status.state().code());
      if (status.state() == WarmStatus.State.COLD) {
        talk.say(key, WarmMessage.end(version, null).toBytes());
        talk.flush();
      }
      // Whoever reads that it is settled may start the next one.
      over = true;
      talk.settle(key, status);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    } catch (RuntimeException e) {
      // The stream gives it up by itself after a while, and says so.
      LOG.warn("what came of the warm start of {} is not told: {}", key, e.toString());
    } finally {
      over = true;
    }
  }

  private WarmStatus start() {
    try {
      return warm();
    } catch (BacktestException e) {
      return cold(e.getMessage());
    } catch (CancellationException | InterruptException e) {
      return cold("the API was stopped meanwhile; " + WarmStatus.AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return cold("the API was stopped meanwhile; " + WarmStatus.AGAIN);
    } catch (KafkaException | CompletionException e) {
      LOG.warn("the warm start of {} ended, the broker does not serve it: {}", key, e.toString());
      return cold("the broker did not serve it; " + WarmStatus.AGAIN);
    } catch (RuntimeException e) {
      LOG.error("the warm start of {} ended after an unexpected failure", key, e);
      return cold("it failed, and the log of the API says why");
    }
  }

  private WarmStatus warm() throws InterruptedException {
    WarmTalk.Answer taken = talk.await(key, version, WarmMessage.Kind.TAKEN, UNTIL_TAKEN);
    if (!taken.isComplete()) {
      return cold(
          taken.reason() == null
              ? "the stream did not take it within %d s; see that the job runs, then %s"
                  .formatted(UNTIL_TAKEN.toSeconds(), WarmStatus.AGAIN)
              : taken.reason());
    }
    // After that every event is either here or comes to an instance that has the rule.
    List<Seed> seeds = history.seeds(kafka.client("nabz-api-warm-history"));
    long customers = 0;
    for (Seed seed : seeds) {
      byte[] message = WarmMessage.seed(version, seed).toBytes();
      if (message.length > MAX_SEED_BYTES) {
        return cold(
            "what is under way of one customer is too large to hand over; narrow the steps");
      }
      talk.say(key, message);
      customers += seed.section() != null && RuleState.underWay(seed.section()) != null ? 1 : 0;
    }
    talk.flush();
    talk.fromNowOn();
    talk.say(key, WarmMessage.end(version, (long) seeds.size()).toBytes());
    talk.flush();
    WarmTalk.Answer ended = talk.await(key, version, WarmMessage.Kind.ENDED, UNTIL_ENDED);
    if (ended.isComplete()) {
      return WarmStatus.warm(version, customers);
    }
    return cold(
        ended.reason() == null
            ? "the stream did not confirm it in time; " + WarmStatus.AGAIN
            : ended.reason());
  }

  private WarmStatus cold(String why) {
    return WarmStatus.cold(version, why);
  }
}
