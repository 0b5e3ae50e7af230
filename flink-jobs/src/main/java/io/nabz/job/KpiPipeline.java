package io.nabz.job;

import io.nabz.kpi.Fact;
import io.nabz.kpi.Facts;
import io.nabz.kpi.FeltShares;
import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.Share;
import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** The part of the graph that counts: facts, what customers say and alerts in, figures out. */
final class KpiPipeline {
  private KpiPipeline() {}

  static DataStream<Outbound> define(
      DataStream<Fact> facts,
      DataStream<Fact> felt,
      DataStream<Outbound> alerts,
      JobOptions options) {
    KpiPolicy policy = options.kpi();
    DataStream<Fact> ofAlerts =
        alerts
            .flatMap(KpiPipeline::fact, TypeInformation.of(Fact.class))
            .name("kpi alerts")
            .uid(Uids.KPI_ALERTS);
    DataStream<Fact> feltInContacts =
        felt.filter(fact -> fact.subject != null).name("kpi felt").uid(Uids.KPI_FELT);
    DataStream<PaneDelta> voice =
        felt.flatMap(KpiPipeline::shares, TypeInformation.of(Share.class))
            .name("voice shares")
            .uid(Uids.VOICE_SHARES)
            .transform("voice sums", TypeInformation.of(PaneDelta.class), new KpiSums(policy))
            .uid(Uids.VOICE_SUMS);
    return facts
        .union(ofAlerts, feltInContacts)
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

  private static void fact(Outbound alert, Collector<Fact> out) throws IOException {
    // An erasure takes alerts from the topic by null; that there were so many stays counted.
    if (alert.value != null) {
      CustomerKey key = CustomerKey.parse(new String(alert.key, StandardCharsets.UTF_8));
      out.collect(Facts.of(key.tenant(), Json.read(alert.value, Alert.class)));
    }
  }
}
