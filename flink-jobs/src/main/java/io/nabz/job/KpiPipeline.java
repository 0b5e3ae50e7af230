package io.nabz.job;

import io.nabz.kpi.Fact;
import io.nabz.kpi.FeltShares;
import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.Share;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/** The part of the graph that counts: facts, what customers say and alerts in, figures out. */
final class KpiPipeline {
  private KpiPipeline() {}

  static SingleOutputStreamOperator<Outbound> define(
      DataStream<Fact> facts, DataStream<Fact> felt, DataStream<Fact> alerts, JobOptions options) {
    KpiPolicy policy = options.kpi();
    DataStream<Fact> feltInContacts =
        felt.filter(fact -> fact.subject != null).name("kpi felt").uid(Uids.KPI_FELT);
    DataStream<PaneDelta> voice =
        felt.flatMap(KpiPipeline::shares, TypeInformation.of(Share.class))
            .name("voice shares")
            .uid(Uids.VOICE_SHARES)
            .transform("voice sums", TypeInformation.of(PaneDelta.class), new KpiSums(policy))
            .uid(Uids.VOICE_SUMS);
    return facts
        .union(alerts, feltInContacts)
        .keyBy(fact -> fact.subject)
        .transform(
            "kpi subjects",
            TypeInformation.of(Share.class),
            new ClockedProcessOperator<>(new KpiSubjects(policy), options))
        .uid(Uids.KPI_SUBJECTS)
        .transform("kpi sums", TypeInformation.of(PaneDelta.class), new KpiSums(policy))
        .uid(Uids.KPI_SUMS)
        .union(voice)
        .keyBy(delta -> delta.pane)
        .transform("kpi panes", TypeInformation.of(Outbound.class), new KpiPanes(options))
        .uid(Uids.KPI_PANES);
  }

  private static void shares(Fact felt, Collector<Share> out) {
    FeltShares.of(felt, out::collect);
  }
}
