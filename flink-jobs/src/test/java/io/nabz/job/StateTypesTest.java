package io.nabz.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.customer.state.CustomerState;
import io.nabz.identity.Attribution;
import io.nabz.identity.IdentityRecord;
import io.nabz.identity.Kept;
import io.nabz.identity.LinkList;
import io.nabz.identity.LinksState;
import io.nabz.identity.MergeRecord;
import io.nabz.identity.NodeState;
import io.nabz.intake.IntakeRecord;
import io.nabz.intake.SourceSign;
import io.nabz.kpi.AgentRecord;
import io.nabz.kpi.CaseRecord;
import io.nabz.kpi.ContactRecord;
import io.nabz.kpi.CustomerRecord;
import io.nabz.kpi.Fact;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.PaneState;
import io.nabz.kpi.PointRecord;
import io.nabz.kpi.Share;
import io.nabz.rules.watch.QueuePast;
import io.nabz.rules.watch.SourceLife;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateTypesTest {
  static Stream<Class<?>> streamAndStateTypes() {
    return Stream.of(
        CustomerState.class,
        IntakeRecord.class,
        IdentityRecord.class,
        Attribution.class,
        Kept.class,
        NodeState.class,
        LinkList.class,
        LinksState.class,
        MergeRecord.class,
        Outbound.class,
        ClockMark.class,
        RuleChange.class,
        CrowdRecord.class,
        CrowdState.class,
        WatchRecord.class,
        SourceLife.class,
        QueuePast.class,
        SourceSign.class,
        Fact.class,
        Share.class,
        PaneDelta.class,
        PaneState.class,
        ContactRecord.class,
        AgentRecord.class,
        CustomerRecord.class,
        CaseRecord.class,
        PointRecord.class);
  }

  @ParameterizedTest
  @MethodSource("streamAndStateTypes")
  void isAPojoWithoutKryoInAnyField(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @ParameterizedTest
  @MethodSource("streamAndStateTypes")
  void needsNoGenericType(Class<?> type) {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);

    assertThat(TypeInformation.of(type).createSerializer(config))
        .isInstanceOf(PojoSerializer.class);
  }

  @Test
  void theOperatorAndItsOptionsTravelToTheCluster() throws Exception {
    byte[] bytes =
        org.apache.flink.util.InstantiationUtil.serializeObject(
            new CustomerOperator(JobOptions.of("localhost:9092")));
    assertThat(bytes).isNotEmpty();
  }
}
