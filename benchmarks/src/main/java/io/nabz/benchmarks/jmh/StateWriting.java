package io.nabz.benchmarks.jmh;

import io.nabz.customer.CustomerLogic;
import io.nabz.customer.CustomerPolicy;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.codec.CustomerStateCodec;
import io.nabz.text.TextReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A customer to the bytes in RocksDB and back, by how many events the customer has lived through:
 * by the state's own codec, and beside it by Flink's POJO serializer. The sizes are printed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StateWriting {
  @Param({"6", "30", "120"})
  public int events;

  private final CustomerStateCodec codec = new CustomerStateCodec();
  private final TypeSerializer<CustomerState> pojo =
      TypeInformation.of(CustomerState.class).createSerializer(new SerializerConfigImpl());

  private final DataOutputSerializer out = new DataOutputSerializer(8_192);
  private final DataInputDeserializer in = new DataInputDeserializer();

  private CustomerState state;
  private byte[] codecBytes;
  private byte[] pojoBytes;

  @Setup
  public void live() throws IOException {
    CustomerLogic logic = new CustomerLogic(CustomerPolicy.DEFAULT, TextReader.create());
    state = SnapshotWriting.lived(logic, events);
    codecBytes = codec.toBytes(state);
    pojo.serialize(state, out);
    pojoBytes = out.getCopyOfBuffer();
    System.out.printf(
        "%d events: codec %d bytes, POJO %d bytes%n", events, codecBytes.length, pojoBytes.length);
  }

  @Benchmark
  public int write() throws IOException {
    out.clear();
    codec.write(state, out);
    return out.length();
  }

  @Benchmark
  public int writePojo() throws IOException {
    out.clear();
    pojo.serialize(state, out);
    return out.length();
  }

  @Benchmark
  public CustomerState read() throws IOException {
    in.setBuffer(codecBytes);
    return codec.read(in);
  }

  @Benchmark
  public CustomerState readPojo() throws IOException {
    in.setBuffer(pojoBytes);
    return pojo.deserialize(in);
  }
}
