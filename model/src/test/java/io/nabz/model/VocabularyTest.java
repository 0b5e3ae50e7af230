package io.nabz.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  // Worked out apart from the code: these must never change, ids in topics and state rest on them.
  private static final long PAIR = 3866477881586573437L;
  private static final String ID = "cytv54hv2dvz3wpauuzhove7";

  private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123Z");

  @Test
  void anAlertReadsBackAsItWasWritten() throws Exception {
    Alert alert =
        new Alert(
            StableHash.id("a"),
            FlagCode.REPEAT_CALLER.ruleId(),
            1,
            "C-1",
            Audience.AGENT,
            Severity.HIGH,
            AlertState.OPEN,
            null,
            "k",
            null,
            new LocalisedText("Third call", "سومین تماس"),
            null,
            List.of(new Alert.Evidence("call", "e-1", "contact.initiated", AT)),
            null,
            new Alert.Times(AT, AT, AT, null));

    byte[] bytes = Json.bytes(alert);

    assertThat(Json.read(bytes, Alert.class)).isEqualTo(alert);
    assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"ruleId\":\"repeat-caller\"", "\"state\":\"open\"", "2026-11-22T10:15:30.123Z")
        .as("what is not there is left out")
        .doesNotContain("null");
  }

  @Test
  void aReaderSurvivesFieldsThatItDoesNotKnow() throws Exception {
    byte[] money = "{\"amount\": \"12.50\", \"currency\": \"IRR\", \"new\": 1}".getBytes();

    assertThat(Json.read(money, Money.class).amount()).isEqualByComparingTo("12.50");
    assertThat(Json.string(Json.read(money, Money.class)))
        .isEqualTo("{\"amount\":\"12.50\",\"currency\":\"IRR\"}");
  }

  @Test
  void decimalsPassThroughAsTheyAre() throws Exception {
    String price = "{\"price\":12.50,\"zero\":0.00,\"exact\":1234567890123456789.125}";

    assertThat(Json.string(Json.tree(price.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
        .isEqualTo(price);
  }

  @Test
  void codesAreReadBackAndUnknownOnesNameTheKnown() {
    for (Severity severity : Severity.values()) {
      assertThat(Severity.of(severity.code())).isEqualTo(severity);
    }
    assertThatThrownBy(() -> Severity.of("urgent")).hasMessageContaining("info, low, medium");
  }

  @Test
  void aCustomerKeyReadsBackEvenWithASlashInTheId() {
    CustomerKey key = new CustomerKey("acme", "a/b");

    assertThat(CustomerKey.parse(key.toString())).isEqualTo(key);
    assertThatThrownBy(() -> new CustomerKey("a/b", "c"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTopicsAreThoseOfTheContractAndTheTimelineTheAuditTheSettingsAndTheSeeds() {
    assertThat(Arrays.stream(Topic.values()).map(Topic::topicName))
        .containsExactly(
            "nabz.events",
            "nabz.snapshots",
            "nabz.alerts",
            "nabz.timeline",
            "nabz.alert-actions",
            "nabz.rules",
            "nabz.rule-seeds",
            "nabz.settings",
            "nabz.kpis",
            "nabz.dead-letters",
            "nabz.audit");
    assertThat(Topic.ALERTS.config().get("min.compaction.lag.ms"))
        .as("no alert of a customer may compact away another")
        .isEqualTo(Topic.ALERTS.config().get("retention.ms"));
  }

  @Test
  void stableHashesAreTheSameEverywhere() {
    assertThat(StableHash.id("repeat-caller", "1", "default/C-1"))
        .isEqualTo(StableHash.id("repeat-caller", "1", "default/C-1"))
        .isNotEqualTo(StableHash.id("repeat-caller", "1default", "/C-1"))
        .hasSize(24)
        .matches("[a-z2-7]+");
    assertThat(StableHash.pair("/pbx", "e-1")).isEqualTo(PAIR);
    assertThat(StableHash.id("a", "b")).isEqualTo(ID);
  }
}
