package io.nabz.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BinaryEventTest {
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "specversion", "1.0",
          "id", "e-1",
          "source", "/pbx/تهران",
          "type", "contact.initiated",
          "time", "2026-11-22T10:15:30Z",
          "subject", "C-1");
  private static final long RECEIVED = 1_795_342_530_000L;

  private final EventIntake intake = new EventIntake("IR");

  @Test
  void attributesAndDataMakeTheSameEventAsTheStructuredForm() {
    IntakeRecord read =
        read(ATTRIBUTES, "application/json; charset=utf-8", "{\"channel\":\"voice\"}");
    assertThat(read.isDeadLetter()).isFalse();
    assertThat(read.customerKey).isEqualTo("default/C-1");
    Event event = EventDecoder.trusted(read.bytes);
    assertThat(event.source()).isEqualTo("/pbx/تهران");
    assertThat(event.text("channel")).isEqualTo("voice");
  }

  @Test
  void anEventMayHaveNoDataAndNoContentType() {
    assertThat(read(ATTRIBUTES, null, "").isDeadLetter()).isFalse();
    assertThat(read(ATTRIBUTES, null, "{\"channel\":\"web\"}").isDeadLetter()).isFalse();
  }

  @Test
  void whatIsNoEventIsADeadLetterWithTheReason() {
    Map<String, String> timeless = new HashMap<>(ATTRIBUTES);
    timeless.remove("time");
    assertThat(read(timeless, null, "{}").refusal).isEqualTo("no-time");
    assertThat(read(ATTRIBUTES, "application/avro", "{}").refusal).isEqualTo("bad-data");
    assertThat(read(ATTRIBUTES, null, "[1]").refusal).isEqualTo("bad-data");
    IntakeRecord broken = read(ATTRIBUTES, null, "{\"channel\"");
    assertThat(broken.refusal).isEqualTo("not-json");
    assertThat(new String(broken.bytes, UTF_8)).isEqualTo("{\"channel\"");
    assertThat(broken.origin).isEqualTo("events/0/7");
  }

  @Test
  void noAttributeTakesTheDatasPlace() {
    Map<String, String> sly = new HashMap<>(ATTRIBUTES);
    sly.put("data", "{}");
    Event event = EventDecoder.trusted(read(sly, null, "{\"channel\":\"web\"}").bytes);
    assertThat(event.text("channel")).isEqualTo("web");
  }

  private IntakeRecord read(Map<String, String> attributes, String contentType, String data) {
    byte[] bytes = data.getBytes(UTF_8);
    return intake.read(
        BinaryEvent.of(attributes, contentType, bytes), bytes, RECEIVED, () -> "events/0/7");
  }
}
