package io.nabz.api.sources;

import static io.nabz.api.Samples.TEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.intake.Incoming;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
  private static final String SECRET = "hush";

  @TempDir Path dir;

  /** A golden case: a payload with its headers, and the event; null for none. */
  private record Golden(Map<String, String> headers, JsonNode body, JsonNode event) {}

  @ParameterizedTest
  @CsvSource({
    "chatwoot, chatwoot-message",
    "chatwoot, chatwoot-private",
    "chatwoot, chatwoot-resolved",
    "shopify, shopify-order",
    "shopify, shopify-customer",
    "shopify, shopify-other",
    "woocommerce, woocommerce-order",
    "woocommerce, woocommerce-failed",
    "generic, generic-order"
  })
  void payloadsBecomeTheirGoldenEvents(String kind, String name) throws IOException {
    Golden golden =
        Json.read(
            SourcesTest.class.getResourceAsStream("/sources/" + name + ".json").readAllBytes(),
            Golden.class);
    Incoming read = Sources.kind(kind).read("shop", golden.headers(), Json.bytes(golden.body()));
    assertThat(read.refusal()).isNull();
    if (golden.event().isNull()) {
      assertThat(read.events()).isEmpty();
    } else {
      assertThat(read.events()).hasSize(1);
      assertThat(Json.tree(Json.bytes(read.events().get(0)))).isEqualTo(golden.event());
    }
  }

  @Test
  void aSignatureHoldsForItsBodySecretAndTimeAlone() throws IOException {
    byte[] body = "{\"a\":1}".getBytes(UTF_8);
    Signature shopify = Sources.kind("shopify").signature();
    String signed = Base64.getEncoder().encodeToString(shopify.sign(null, body, SECRET));
    Map<String, String> headers = Map.of("x-shopify-hmac-sha256", signed);
    assertThat(shopify.holds(headers, body, SECRET, TEN)).isTrue();
    assertThat(shopify.holds(headers, "{}".getBytes(UTF_8), SECRET, TEN)).isFalse();
    assertThat(shopify.holds(headers, body, "other", TEN)).isFalse();
    assertThat(shopify.holds(Map.of(), body, SECRET, TEN)).isFalse();

    Signature chatwoot = Sources.kind("chatwoot").signature();
    String now = Long.toString(TEN.getEpochSecond());
    Map<String, String> timed = new HashMap<>();
    timed.put("x-chatwoot-timestamp", now);
    timed.put(
        "x-chatwoot-signature",
        "sha256=" + HexFormat.of().formatHex(chatwoot.sign(now, body, SECRET)));
    assertThat(chatwoot.holds(timed, body, SECRET, TEN.plusSeconds(299))).isTrue();
    assertThat(chatwoot.holds(timed, body, SECRET, TEN.plusSeconds(301)))
        .as("said again later")
        .isFalse();
    timed.put("x-chatwoot-timestamp", Long.toString(TEN.getEpochSecond() + 1));
    assertThat(chatwoot.holds(timed, body, SECRET, TEN)).isFalse();
    timed.put("x-chatwoot-timestamp", "now");
    assertThat(chatwoot.holds(timed, body, SECRET, TEN)).isFalse();
  }

  @Test
  void aSourceIsDeclaredInAFileOfItsOwnAlsoWithItsOwnMapping() throws IOException {
    write("shop.yaml", "kind: shopify\ntenant: acme\nsecretFile: shop.secret\n");
    write("shop.secret", SECRET + "\n");
    write("crm.yaml", "mapping: crm.mapping.yaml\n");
    write(
        "crm.mapping.yaml",
        "id: /body/n\ntime: /body/at\nidentifiers: {phone: /body/p}\n"
            + "rows:\n  - {type: profile.updated}\n");
    Sources sources = Sources.load(dir);
    assertThat(sources.named("shop").orElseThrow().secret()).isEqualTo(SECRET);
    assertThat(sources.named("shop").orElseThrow().toString())
        .contains("acme")
        .doesNotContain(SECRET);
    Incoming read =
        sources
            .named("crm")
            .orElseThrow()
            .kind()
            .read(
                "crm",
                Map.of(),
                "{\"n\":7,\"at\":\"2026-11-22T10:00:00Z\",\"p\":\"09\"}".getBytes(UTF_8));
    assertThat(read.events().get(0).get("id").asText()).isEqualTo("7");
    assertThat(sources.named("none")).isEmpty();
    assertThat(Sources.load(dir.resolve("nowhere")).named("shop")).isEmpty();
  }

  @Test
  void aMappingOfOnesOwnAsksInCelAndIsHeldToItsGoldenEvent() throws IOException {
    write("till.yaml", "mapping: till.mapping.yaml\n");
    try (InputStream mapping =
        SourcesTest.class.getResourceAsStream("/sources/till.mapping.yaml")) {
      Files.copy(mapping, dir.resolve("till.mapping.yaml"));
    }
    SourceKind till = Sources.load(dir).named("till").orElseThrow().kind();
    for (String name : List.of("till-sale", "till-training")) {
      Golden golden =
          Json.read(
              SourcesTest.class.getResourceAsStream("/sources/" + name + ".json").readAllBytes(),
              Golden.class);
      Incoming read = till.read("till", golden.headers(), Json.bytes(golden.body()));
      assertThat(read.refusal()).isNull();
      if (golden.event().isNull()) {
        assertThat(read.events()).as(name).isEmpty();
      } else {
        assertThat(Json.tree(Json.bytes(read.events().get(0)))).isEqualTo(golden.event());
      }
    }
  }

  @Test
  void celThatIsWrongNamesTheFileThePlaceAndTheRemedy() throws IOException {
    write("till.yaml", "mapping: till.mapping.yaml\n");
    write(
        "till.mapping.yaml",
        "id: /body/n\ntime: /body/at\nidentifiers: {phone: /body/p}\n"
            + "rows:\n  - {type: order.placed, when: \"headers['x-kind'] == 1\"}\n");
    assertThatThrownBy(() -> Sources.load(dir))
        .hasMessageContaining("till.yaml: till.mapping.yaml: rows[0].when: at column 19")
        .hasMessageContaining("compare values of one type");
  }

  @Test
  void aDeclarationThatIsWrongNamesItsFile() throws IOException {
    write("shop.yaml", "kind: magento\n");
    assertThatThrownBy(() -> Sources.load(dir))
        .hasMessageContaining("shop.yaml")
        .hasMessageContaining("woocommerce");
    write("shop.yaml", "kind: shopify\n");
    assertThatThrownBy(() -> Sources.load(dir)).hasMessageContaining("secret");
    write("shop.yaml", "kind: generic\nsecrets: x\n");
    assertThatThrownBy(() -> Sources.load(dir)).hasMessageContaining("secrets");
  }

  @Test
  void aPingIsKnownByItsForm() throws IOException {
    SourceKind woo = Sources.kind("woocommerce");
    assertThat(woo.isPing("webhook_id=12".getBytes(UTF_8))).isTrue();
    assertThat(woo.isPing("{\"id\":1}".getBytes(UTF_8))).isFalse();
    assertThat(Sources.kind("shopify").isPing("webhook_id=12".getBytes(UTF_8))).isFalse();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(dir.resolve(file), text);
  }
}
