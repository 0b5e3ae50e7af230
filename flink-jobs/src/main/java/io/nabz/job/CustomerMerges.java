package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.identity.IdentityPolicy;
import io.nabz.identity.IdentityRecord;
import io.nabz.identity.MergeRecord;
import io.nabz.identity.Merges;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Who was merged into whom, by {@link Merges}; a tenant's merges all pass one instance.
 *
 * <p>Keyed state: {@code merges}, an entry a customer that was ever merged; goes {@link
 * IdentityPolicy#forgottenAfter} after it last changed, by the wall clock.
 */
final class CustomerMerges extends KeyedProcessFunction<String, IdentityRecord, IdentityRecord> {
  private static final long serialVersionUID = 1;

  private final IdentityPolicy policy;
  private transient MapState<String, MergeRecord> merges;
  private transient Counter refused;

  CustomerMerges(IdentityPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  @Override
  public void open(OpenContext context) {
    MapStateDescriptor<String, MergeRecord> descriptor =
        new MapStateDescriptor<>("merges", Types.STRING, TypeInformation.of(MergeRecord.class));
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(policy.forgottenAfter()).build());
    merges = getRuntimeContext().getMapState(descriptor);
    refused = getRuntimeContext().getMetricGroup().counter("refusedMerges");
  }

  @Override
  public void processElement(IdentityRecord record, Context context, Collector<IdentityRecord> out)
      throws Exception {
    IdentityOutlet outlet =
        new IdentityOutlet(
            nobody -> {
              throw new IllegalStateException("merges speak to the links of customers only");
            },
            (tag, told) -> out.collect(told));
    if (!Merges.apply(new StateTable(merges), record, outlet)) {
      refused.inc();
    }
  }

  private record StateTable(MapState<String, MergeRecord> merges) implements Merges.Table {
    @Override
    public MergeRecord get(String customer) throws Exception {
      return merges.get(customer);
    }

    @Override
    public void put(String customer, MergeRecord record) throws Exception {
      merges.put(customer, record);
    }
  }
}
