package io.nabz.benchmarks.jmh;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
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

/** What a producer pays for a batch of one snapshot, which at a low rate is each batch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BatchCompression {
  private static final int BATCH_BYTES = 128 * 1024;
  private static final byte[] KEY = {1, 2, 3};

  @Param({"none", "snappy", "lz4", "zstd"})
  public String type;

  private final ByteBuffer buffer = ByteBuffer.allocate(BATCH_BYTES);
  private Compression compression;
  private byte[] snapshot;

  @Setup
  public void makeSnapshot() {
    compression = Compression.of(CompressionType.forName(type)).build();
    snapshot = SnapshotWriting.snapshot(30);
  }

  @Benchmark
  public int write() {
    buffer.clear();
    MemoryRecordsBuilder builder =
        MemoryRecords.builder(
            buffer, RecordBatch.CURRENT_MAGIC_VALUE, compression, TimestampType.CREATE_TIME, 0);
    builder.append(0, KEY, snapshot);
    return builder.build().sizeInBytes();
  }
}
