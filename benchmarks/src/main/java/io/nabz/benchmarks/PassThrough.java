package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.job.NabzJob;
import io.nabz.model.Topic;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What Flink itself costs: keyed by customer, one number read and written in RocksDB for each
 * event, the event copied out. On the same settings of cluster, source and sink as Nabz, but for
 * the pause in which Nabz gathers what belongs to one event: here there is one record an event. The
 * settings are written out again, so that a change of the job's own does not move what it is
 * measured against.
 */
final class PassThrough implements Contender {
  private static final String COPIES = "bench.copies";

  @Override
  public String name() {
    return "passthrough";
  }

  @Override
  public String title() {
    return "Flink pass-through";
  }

  @Override
  public List<Probe> probes() {
    return List.of(new CopyProbe(COPIES));
  }

  @Override
  public Configuration configuration() {
    return NabzJob.flinkConfig();
  }

  @Override
  public void define(StreamExecutionEnvironment env, String bootstrapServers) {
    KafkaSource<KeyedBytes> source =
        KafkaSource.<KeyedBytes>builder()
            .setBootstrapServers(bootstrapServers)
            .setTopics(Topic.EVENTS.topicName())
            .setGroupId("bench-passthrough")
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100")
            .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000")
            .setDeserializer(new ReadKeyed())
            .build();
    KafkaSink<KeyedBytes> sink =
        KafkaSink.<KeyedBytes>builder()
            .setBootstrapServers(bootstrapServers)
            .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
            .setProperty(ProducerConfig.ACKS_CONFIG, "all")
            .setProperty(ProducerConfig.LINGER_MS_CONFIG, "0")
            .setProperty(ProducerConfig.BATCH_SIZE_CONFIG, "131072")
            .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "snappy")
            .setRecordSerializer(new WriteKeyed())
            .build();
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "events")
        .uid("events")
        .keyBy(record -> record.key)
        .process(new Count())
        .name("count")
        .uid("count")
        .sinkTo(sink)
        .name("copies")
        .uid("copies");
  }

  /** A record of a topic; a POJO, so that Flink writes it field by field. */
  public static final class KeyedBytes {
    public String key;
    public byte[] value;

    public KeyedBytes() {}

    KeyedBytes(String key, byte[] value) {
      this.key = key;
      this.value = value;
    }
  }

  private static final class ReadKeyed implements KafkaRecordDeserializationSchema<KeyedBytes> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(
        ConsumerRecord<byte[], byte[]> record, Collector<KeyedBytes> collector) {
      collector.collect(new KeyedBytes(new String(record.key(), UTF_8), record.value()));
    }

    @Override
    public TypeInformation<KeyedBytes> getProducedType() {
      return Types.POJO(KeyedBytes.class);
    }
  }

  private static final class WriteKeyed implements KafkaRecordSerializationSchema<KeyedBytes> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        KeyedBytes element, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(COPIES, element.key.getBytes(UTF_8), element.value);
    }
  }

  /** Counts the customer's events: one state read and one write. */
  private static final class Count extends KeyedProcessFunction<String, KeyedBytes, KeyedBytes> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(KeyedBytes event, Context context, Collector<KeyedBytes> out)
        throws Exception {
      Long before = count.value();
      count.update(before == null ? 1L : before + 1);
      out.collect(event);
    }
  }
}
