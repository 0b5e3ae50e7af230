package io.nabz.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDecoderTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:31Z");
  private static final String GOOD =
      """
      {"specversion": "1.0", "id": "e-1", "source": "/pbx/tehran", "type": "contact.connected",
       "time": "2026-11-22T13:45:30.123+03:30", "subject": "C-1024",
       "data": {"contactId": "k-77", "anythingElse": [1, {"x": null}]}}""";

  private final EventDecoder decoder =
      new EventDecoder(new CustomerResolver(new IdentifierNormaliser("IR")));

  @Test
  void readsTheEnvelopeAndKeepsUnknownData() {
    Event event = decode(GOOD).event();

    assertThat(event.id()).isEqualTo("e-1");
    assertThat(event.tenant()).isEqualTo("default");
    assertThat(event.time()).as("in UTC").isEqualTo("2026-11-22T10:15:30.123Z");
    assertThat(event.data().path("anythingElse").size()).isEqualTo(2);
  }

  @Test
  void whatWasAcceptedReadsTheSameAgain() {
    Event event = decode(GOOD).event();

    assertThat(EventDecoder.trusted(GOOD.getBytes(UTF_8))).isEqualTo(event);
    assertThat(EventDecoder.trusted(event.toBytes())).isEqualTo(event);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"specversion": "1.0"            | NOT_JSON
          [1, 2]                           | NOT_AN_EVENT
          "text"                           | NOT_AN_EVENT
          {}                               | NOT_AN_EVENT
          """)
  void refusesWhatIsNoEvent(String json, Reason reason) {
    assertThat(decode(json).refusal().reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "specversion": "1.0"                    | "specversion": "0.3" | NOT_AN_EVENT
          "id": "e-1",                            | ~~                   | NOT_AN_EVENT
          "source": "/pbx/tehran"                 | "source": " "        | NOT_AN_EVENT
          "type": "contact.connected"             | "type": 7            | NO_TYPE
          "time": "2026-11-22T13:45:30.123+03:30" | "time": "yesterday"  | NO_TIME
          "time": "2026-11-22T13:45:30.123+03:30" | "time": "2026-11-22T13:45:30" | NO_TIME
          "subject": "C-1024",                    | ~~                   | NO_CUSTOMER
          "subject": "C-1024"                     | "subject": "C-1", "tenant": "a/b" | NOT_AN_EVENT
          "data": {                               | "data": [], "x": {   | BAD_DATA
          """)
  void refusesWhatMissesSomethingAndSaysWhatToSend(String part, String instead, Reason reason) {
    assertThat(GOOD).contains(part);

    Refusal refusal = decode(GOOD.replace(part, instead)).refusal();

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.detail()).containsAnyOf("send", "must be");
  }

  @Test
  void aDayAheadIsTheMostThatIsBelieved() {
    Instant happened = Instant.parse("2026-11-22T10:15:30.123Z");
    byte[] bytes = GOOD.getBytes(UTF_8);

    assertThat(decoder.decode(bytes, happened.minus(Duration.ofHours(24))).event()).isNotNull();
    assertThat(decoder.decode(bytes, happened.minus(Duration.ofHours(24)).minusMillis(1)).refusal())
        .extracting(Refusal::reason)
        .isEqualTo(Reason.FUTURE_TIME);
  }

  @Test
  void anEventWithNothingButADeviceHasAProvisionalCustomer() {
    String json =
        GOOD.replace("\"subject\": \"C-1024\",", "")
            .replace("\"contactId\"", "\"identifiers\": {\"deviceId\": \"d\"}, \"contactId\"");

    assertThat(decode(json).event()).isNotNull();
  }

  @Test
  void agentsAndFeedsNeedNoCustomer() {
    String json =
        GOOD.replace("\"subject\": \"C-1024\",", "")
            .replace("contact.connected", "source.heartbeat");

    assertThat(decode(json).event()).isNotNull();
  }

  @Test
  void anEventOverTheLimitIsRefusedUnread() {
    byte[] large = new byte[EventDecoder.MAX_EVENT_BYTES + 1];

    assertThat(decoder.decode(large, NOW).refusal().reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void deepNestingIsRefusedAndNotFollowed() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(decode(GOOD.replace("[1, {\"x\": null}]", deep)).refusal().reason())
        .isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void damagedBytesNeverThrowAndNeverEchoWhatTheyHold() {
    long seed = 20261122;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = GOOD.getBytes(UTF_8);
      for (int hit = 0; hit <= random.nextInt(4); hit++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      EventDecoder.Result result = decoder.decode(damaged, NOW);
      assertThat(result.event() == null).as("seed %d", seed).isEqualTo(result.refusal() != null);
      if (result.refusal() != null) {
        assertThat(result.refusal().detail()).doesNotContain("C-1024");
      }
    }
  }

  private EventDecoder.Result decode(String json) {
    return decoder.decode(json.getBytes(UTF_8), NOW);
  }
}
