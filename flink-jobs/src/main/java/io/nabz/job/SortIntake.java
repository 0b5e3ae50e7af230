package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.identity.IdentityPolicy;
import io.nabz.identity.Kept;
import io.nabz.identity.Mentions;
import io.nabz.identity.Routes;
import io.nabz.intake.IntakeRecord;
import io.nabz.kpi.Fact;
import io.nabz.model.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sets dead letters, what figures need and that sources speak aside; passes on what names its
 * customer, and to the nodes of identity what only they can tell whose it is. The other end of a
 * relationship is told here, by a record of its own.
 */
final class SortIntake extends ProcessFunction<IntakeRecord, IntakeRecord> {
  static final OutputTag<Outbound> DEAD_LETTERS =
      new OutputTag<>(
          "dead-letters", org.apache.flink.api.common.typeinfo.TypeInformation.of(Outbound.class));

  static final OutputTag<Fact> FACTS =
      new OutputTag<>("facts", org.apache.flink.api.common.typeinfo.TypeInformation.of(Fact.class));

  /** Signs of life of the sources. */
  static final OutputTag<WatchRecord> SIGNS =
      new OutputTag<>(
          "signs", org.apache.flink.api.common.typeinfo.TypeInformation.of(WatchRecord.class));

  private static final long serialVersionUID = 1;

  private final IdentityPolicy policy;
  private transient Routes routes;
  private transient Counter deadLetters;
  private transient Counter customerless;

  SortIntake(IdentityPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  @Override
  public void open(OpenContext context) {
    routes = new Routes(policy);
    deadLetters = getRuntimeContext().getMetricGroup().counter("deadLetters");
    customerless = getRuntimeContext().getMetricGroup().counter("customerlessEvents");
  }

  @Override
  public void processElement(IntakeRecord record, Context context, Collector<IntakeRecord> out) {
    if (record.facts != null) {
      for (Fact fact : record.facts) {
        context.output(FACTS, fact);
      }
      // They have gone their own way; the customer's shuffle need not carry them.
      record.facts = null;
    }
    if (record.sign != null) {
      context.output(SIGNS, WatchRecord.heard(record.sign.key, record.sign.atMs));
      record.sign = null;
    }
    if (record.isDeadLetter()) {
      deadLetters.inc();
      Outbound letter = new Outbound(record.origin.getBytes(StandardCharsets.UTF_8), record.bytes);
      letter.headers =
          Map.of(
              DeadLetterHeaders.REASON, record.refusal,
              DeadLetterHeaders.DETAIL, record.refusalDetail,
              DeadLetterHeaders.ORIGIN, record.origin);
      context.output(DEAD_LETTERS, letter);
    } else if (record.customerKey == null) {
      // Agents and feeds: they move the clock and have no customer to tell of.
      customerless.inc();
    } else {
      IdentityOutlet outlet = new IdentityOutlet(out::collect, context::output);
      IntakeRecord otherEnd = otherEnd(record);
      route(record, outlet, out);
      if (otherEnd != null) {
        route(otherEnd, outlet, out);
      }
    }
  }

  private void route(IntakeRecord record, IdentityOutlet outlet, Collector<IntakeRecord> out) {
    Mentions mentions = record.mentions;
    record.mentions = null;
    Kept event = new Kept(record.hash, record.eventTimeMs, record.receivedAtMs, record.bytes);
    if (routes.route(record.customerKey, event, mentions, outlet)) {
      out.collect(record);
    }
  }

  /** The other end of a relationship is told as if by an event that names it. */
  private static IntakeRecord otherEnd(IntakeRecord record) {
    if (record.otherEnd == null) {
      return null;
    }
    IntakeRecord other = new IntakeRecord();
    other.customerKey = record.otherEnd.customerKey;
    other.bytes = record.otherEnd.bytes;
    other.hash = record.otherEnd.hash;
    other.eventTimeMs = record.eventTimeMs;
    other.receivedAtMs = record.receivedAtMs;
    record.otherEnd = null;
    return other;
  }
}
