package io.nabz.job;

import io.nabz.identity.IdentityPolicy;
import io.nabz.identity.IdentityRecord;
import io.nabz.intake.IntakeRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The part of the graph that finds whose an event is. Events that name their customer do not wait
 * for it; the others pass one node, or two when a weak identifier points to a strong one.
 */
final class IdentityPipeline {
  private IdentityPipeline() {}

  /** All that customers are told: events as they came, and what identity has to say. */
  static DataStream<IntakeRecord> define(
      SingleOutputStreamOperator<IntakeRecord> sorted, IdentityPolicy policy) {
    DataStream<IdentityRecord> merges =
        sorted
            .getSideOutput(IdentityOutlet.MERGES)
            .keyBy(record -> record.key)
            .process(new CustomerMerges(policy), TypeInformation.of(IdentityRecord.class))
            .name("identity merges")
            .uid(Uids.IDENTITY_MERGES);
    SingleOutputStreamOperator<IntakeRecord> links =
        sorted
            .getSideOutput(IdentityOutlet.LINKS)
            .union(merges)
            .keyBy(record -> record.key)
            .transform(
                "identity links",
                TypeInformation.of(IntakeRecord.class),
                new HotOperator<>(new CustomerLinksNodes(policy)))
            .uid(Uids.IDENTITY_LINKS);
    SingleOutputStreamOperator<IntakeRecord> weak =
        sorted
            .getSideOutput(IdentityOutlet.WEAK)
            .union(links.getSideOutput(IdentityOutlet.WEAK))
            .keyBy(record -> record.key)
            .transform(
                "identity weak",
                TypeInformation.of(IntakeRecord.class),
                new HotOperator<>(new IdentifierNodes(policy)))
            .uid(Uids.IDENTITY_WEAK);
    SingleOutputStreamOperator<IntakeRecord> strong =
        sorted
            .getSideOutput(IdentityOutlet.STRONG)
            .union(
                links.getSideOutput(IdentityOutlet.STRONG),
                weak.getSideOutput(IdentityOutlet.STRONG))
            .keyBy(record -> record.key)
            .transform(
                "identity strong",
                TypeInformation.of(IntakeRecord.class),
                new HotOperator<>(new IdentifierNodes(policy)))
            .uid(Uids.IDENTITY_STRONG);
    return sorted.union(links, weak, strong);
  }
}
