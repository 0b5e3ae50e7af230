package io.nabz.job;

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

/** Sets dead letters and what figures need aside; passes on what concerns a customer. */
final class SortIntake extends ProcessFunction<IntakeRecord, IntakeRecord> {
  static final OutputTag<Outbound> DEAD_LETTERS =
      new OutputTag<>(
          "dead-letters", org.apache.flink.api.common.typeinfo.TypeInformation.of(Outbound.class));

  static final OutputTag<Fact> FACTS =
      new OutputTag<>("facts", org.apache.flink.api.common.typeinfo.TypeInformation.of(Fact.class));

  private static final long serialVersionUID = 1;

  private transient Counter deadLetters;
  private transient Counter customerless;

  @Override
  public void open(OpenContext context) {
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
      out.collect(record);
    }
  }
}
