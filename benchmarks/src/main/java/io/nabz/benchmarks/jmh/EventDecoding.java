package io.nabz.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.CustomerResolver;
import io.nabz.model.EventDecoder;
import io.nabz.model.IdentifierNormaliser;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes in the topic to an event that can be used. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventDecoding {
  private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:15:31Z");

  private final EventDecoder decoder =
      new EventDecoder(new CustomerResolver(new IdentifierNormaliser("IR")));

  private final byte[] withCustomerId = event("\"subject\":\"C-1024\",");
  private final byte[] withPhoneOnly = event("");
  private final byte[] notJson = "{\"specversion\":\"1.0\",\"id\":".getBytes(UTF_8);

  @Benchmark
  public EventDecoder.Result customerById() {
    return decoder.decode(withCustomerId, RECEIVED_AT);
  }

  /** The phone number has to be brought to E.164 to know whose event it is. */
  @Benchmark
  public EventDecoder.Result customerByPhone() {
    return decoder.decode(withPhoneOnly, RECEIVED_AT);
  }

  @Benchmark
  public EventDecoder.Result refused() {
    return decoder.decode(notJson, RECEIVED_AT);
  }

  private static byte[] event(String subject) {
    return ("{\"specversion\":\"1.0\",\"id\":\"b-1\",\"source\":\"/pbx/tehran\","
            + "\"type\":\"contact.connected\",\"time\":\"2026-11-22T10:15:30.123Z\","
            + subject
            + "\"data\":{\"identifiers\":{\"phone\":\"+982112345678\"},\"contactId\":\"k-77\","
            + "\"channel\":\"voice\",\"direction\":\"inbound\",\"queue\":\"billing\","
            + "\"topic\":\"delivery-status\",\"carrierTrunk\":\"sip-trunk-tehran-07\","
            + "\"agentId\":\"a-012\",\"waitSeconds\":137}}")
        .getBytes(UTF_8);
  }
}
