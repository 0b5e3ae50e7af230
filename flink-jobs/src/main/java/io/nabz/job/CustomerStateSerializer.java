package io.nabz.job;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.codec.CustomerStateCodec;
import io.nabz.model.SharedText;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Customers in keyed state, by {@link CustomerStateCodec}. State that Flink's POJO serializer wrote
 * (0.1.0 up to here) is rewritten when it is restored.
 */
public final class CustomerStateSerializer extends TypeSerializer<CustomerState> {
  private static final long serialVersionUID = 1;

  /** Not for two threads: {@link #duplicate()} gives each its own. */
  private transient CustomerStateCodec codec;

  private CustomerStateCodec codec() {
    if (codec == null) {
      codec = new CustomerStateCodec(SharedText::of);
    }
    return codec;
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<CustomerState> duplicate() {
    return new CustomerStateSerializer();
  }

  @Override
  public CustomerState createInstance() {
    return new CustomerState();
  }

  @Override
  public CustomerState copy(CustomerState from) {
    return codec().copy(from);
  }

  @Override
  public CustomerState copy(CustomerState from, CustomerState reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(CustomerState state, DataOutputView target) throws IOException {
    codec().write(state, target);
  }

  @Override
  public CustomerState deserialize(DataInputView source) throws IOException {
    return codec().read(source);
  }

  @Override
  public CustomerState deserialize(CustomerState reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    codec().pass(source, target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CustomerStateSerializer;
  }

  @Override
  public int hashCode() {
    return CustomerStateSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<CustomerState> snapshotConfiguration() {
    return new Format();
  }

  /**
   * Stands in savepoints under its name, which may not change. It holds nothing: each record says
   * its own format and skips fields that it does not know.
   */
  public static final class Format implements TypeSerializerSnapshot<CustomerState> {
    private static final int VERSION = 1;

    /** Flink makes one to read what a savepoint has. */
    public Format() {}

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) {}

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classes)
        throws IOException {
      if (version > VERSION) {
        throw new IOException(
            "The customers in this savepoint were written by a newer version of Nabz: restore it"
                + " with that one.");
      }
    }

    @Override
    public TypeSerializer<CustomerState> restoreSerializer() {
      return new CustomerStateSerializer();
    }

    @Override
    public TypeSerializerSchemaCompatibility<CustomerState> resolveSchemaCompatibility(
        TypeSerializerSnapshot<CustomerState> old) {
      if (old instanceof Format) {
        return TypeSerializerSchemaCompatibility.compatibleAsIs();
      }
      return old instanceof PojoSerializerSnapshot
          ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
