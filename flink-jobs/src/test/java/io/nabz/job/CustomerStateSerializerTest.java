package io.nabz.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.FlagRecord;
import io.nabz.customer.state.IdentifierRecord;
import io.nabz.customer.state.SignRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class CustomerStateSerializerTest {
  private final CustomerStateSerializer serializer = new CustomerStateSerializer();

  @Test
  void theStatesOfCustomersAreWrittenByIt() {
    assertThat(CustomerOperator.CUSTOMER.getSerializer()).isEqualTo(serializer);
    assertThat(FlinkBook.BASE.getSerializer()).isEqualTo(serializer);
    assertThat(FlinkBook.FORMER_BASE.getSerializer()).isEqualTo(serializer);
  }

  @Test
  void whatIsWrittenComesBackAndCanBeHandedOn() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(customer(), out);
    serializer.serialize(new CustomerState(), out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    DataOutputSerializer passed = new DataOutputSerializer(64);
    serializer.copy(in, passed);

    assertThat(in.available()).as("the second record is left").isEqualTo(4);
    CustomerState back =
        serializer.deserialize(new DataInputDeserializer(passed.getCopyOfBuffer()));
    assertThat(back).usingRecursiveComparison().isEqualTo(customer());
  }

  @Test
  void aCopySharesNothingThatChanges() {
    CustomerState state = customer();
    CustomerState copy = serializer.copy(state);
    copy.flags.get(0).untilMs = 5;

    assertThat(state).usingRecursiveComparison().isEqualTo(customer());
    assertThat(serializer.isImmutableType()).isFalse();
  }

  @Test
  void eachThreadGetsOneOfItsOwn() throws Exception {
    serializer.copy(customer());
    TypeSerializer<CustomerState> other = serializer.duplicate();
    TypeSerializer<CustomerState> travelled = InstantiationUtil.clone(serializer);

    assertThat(other).isNotSameAs(serializer).isEqualTo(serializer).hasSameHashCodeAs(serializer);
    assertThat(travelled.copy(customer())).usingRecursiveComparison().isEqualTo(customer());
  }

  @Test
  void stateOfItsOwnFormatIsTakenAsItIs() throws Exception {
    TypeSerializerSnapshot<CustomerState> old = stored(serializer.snapshotConfiguration());

    assertThat(compatibility(old).isCompatibleAsIs()).isTrue();
    assertThat(old.restoreSerializer()).isEqualTo(serializer);
  }

  @Test
  void stateOfFlinksOwnSerializerIsRewritten() throws Exception {
    TypeSerializer<CustomerState> former =
        TypeInformation.of(CustomerState.class).createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    former.serialize(customer(), out);
    TypeSerializerSnapshot<CustomerState> old = stored(former.snapshotConfiguration());

    assertThat(compatibility(old).isCompatibleAfterMigration()).isTrue();
    CustomerState read =
        old.restoreSerializer().deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    assertThat(serializer.copy(read)).usingRecursiveComparison().isEqualTo(customer());
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void stateOfAnythingElseIsRefused() {
    TypeSerializerSnapshot other = StringSerializer.INSTANCE.snapshotConfiguration();

    assertThat(compatibility(other).isIncompatible()).isTrue();
  }

  @Test
  void aSavepointOfANewerFormatSaysWhatToDo() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                new CustomerStateSerializer.Format()
                    .readSnapshot(
                        2, new DataInputDeserializer(), CustomerState.class.getClassLoader()))
        .withMessageContaining("restore it with that one");
  }

  private org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility<CustomerState>
      compatibility(TypeSerializerSnapshot<CustomerState> old) {
    return serializer.snapshotConfiguration().resolveSchemaCompatibility(old);
  }

  /** As it comes out of a savepoint. */
  private static TypeSerializerSnapshot<CustomerState> stored(
      TypeSerializerSnapshot<CustomerState> snapshot) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()), CustomerState.class.getClassLoader());
  }

  private static CustomerState customer() {
    CustomerState state = new CustomerState();
    state.nowMs = 1_795_348_800_000L;
    state.appliedEvents = 12;
    state.seen.add(42);
    state.profile.attributes.put("name", "سارا");
    state.profile.identifiers.add(new IdentifierRecord("phone", "+982112345678", 1_000));
    FlagRecord flag = new FlagRecord();
    flag.code = "VIP";
    flag.sinceMs = 7;
    state.flags.add(flag);
    SignRecord sign = new SignRecord();
    sign.score = -0.4;
    state.signs = new ArrayList<>(List.of(sign));
    state.rules = new byte[] {1, 2, 3};
    return state;
  }
}
