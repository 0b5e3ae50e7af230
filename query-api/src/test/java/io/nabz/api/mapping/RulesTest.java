package io.nabz.api.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.nabz.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Map<String, CelType> PARTS =
      Map.of(
          "headers", MapType.create(SimpleType.STRING, SimpleType.STRING), "body", SimpleType.DYN);

  @Test
  void theFirstRowThatFitsDecides() throws IOException {
    Rules rules =
        rules(
            """
            rows:
              - when: {/a: [x, "2"], /b/c: true}
                type: first
              - when: {/a: 2}
                type: second
                data: {kept: /list/1}
              - when: {/a: ping}
            """);
    assertThat(rules.of(Json.tree(bytes("{\"a\":2,\"b\":{\"c\":true}}"))).type())
        .isEqualTo("first");
    Rules.Outcome second = rules.of(Json.tree(bytes("{\"a\":\"2\",\"list\":[1,{\"z\":0}]}")));
    assertThat(second.type()).isEqualTo("second");
    assertThat(second.data()).hasToString("{\"kept\":{\"z\":0}}");
    assertThat(rules.of(Json.tree(bytes("{\"a\":\"ping\"}"))).type()).isNull();
    assertThat(rules.of(Json.tree(bytes("{\"a\":3}")))).isNull();
  }

  @Test
  void valuesAreChosenChangedJoinedAndListed() throws IOException {
    assertThat(made("[/none, /blank, /n]", "{\"blank\":\" \",\"n\":7}")).hasToString("7");
    assertThat(made("{from: /n, as: number}", "{\"n\":\"۱۲.۵۰\"}")).hasToString("12.50");
    assertThat(made("{from: /n, as: number}", "{\"n\":\"1e99999\"}")).isNull();
    assertThat(made("{from: /n, as: time}", "{\"n\":1627063369}"))
        .hasToString("\"2021-07-23T18:02:49Z\"");
    assertThat(made("{from: /n, as: time}", "{\"n\":1627063369500}"))
        .hasToString("\"2021-07-23T18:02:49.500Z\"");
    assertThat(made("{from: /n, as: plain}", "{\"n\":\"<p>سلام <b>دنیا</b></p>\"}").asText())
        .contains("سلام")
        .doesNotContain("<");
    assertThat(made("{from: /n, map: {'1': low}}", "{\"n\":1}")).hasToString("\"low\"");
    assertThat(made("{from: /n, map: {'1': low}}", "{\"n\":2}")).isNull();
    assertThat(made("{join: [/a, /x, /b], with: ' '}", "{\"a\":\"S\",\"b\":\"R\"}"))
        .hasToString("\"S R\"");
    assertThat(made("{each: /l, item: {id: /i}}", "{\"l\":[{\"i\":1},{},{\"i\":2}]}"))
        .hasToString("[{\"id\":1},{\"id\":2}]");
    assertThat(made("word", "{}")).hasToString("\"word\"");
  }

  @Test
  void aMappingThatIsWrongNamesThePlace() {
    assertThatThrownBy(() -> rules("rows: []")).hasMessageContaining("rows");
    assertThatThrownBy(() -> rules("rows:\n  - {type: x, date: {}}"))
        .hasMessageContaining("rows[0]")
        .hasMessageContaining("date");
    assertThatThrownBy(() -> rules("rows:\n  - {type: x, data: {a: {from: /a, as: money}}}"))
        .hasMessageContaining("rows[0].data.a")
        .hasMessageContaining("number");
    assertThatThrownBy(() -> rules("rows:\n  - {type: x, data: order}"))
        .hasMessageContaining("shared");
    assertThatThrownBy(() -> rules("rows:\n  - {type: x, when: {a: b}}"))
        .hasMessageContaining("JSON Pointer");
  }

  @Test
  void aRowMayAskInCelOverHeadersAndBody() throws IOException {
    Rules rules =
        rules(
            """
            rows:
              - when: "headers['x-topic'] == 'order' && double(body.total) >= 100.0"
                type: large
              - when: "body.items.exists(i, i.sku.startsWith('G-')) && !has(body.test)"
                type: game
              - when: "body.count > 2"
                type: many
            """);
    assertThat(type(rules, "{'headers':{'x-topic':'order'},'body':{'total':'100.00'}}"))
        .isEqualTo("large");
    assertThat(type(rules, "{'headers':{'x-topic':'order'},'body':{'total':'99'}}")).isNull();
    assertThat(type(rules, "{'headers':{},'body':{'items':[{'sku':'A'},{'sku':'G-1'}]}}"))
        .isEqualTo("game");
    assertThat(
            type(rules, "{'headers':{},'body':{'items':[{'sku':'G-1'}],'test':true,'count':3.5}}"))
        .as("what the second row refuses, the third may take")
        .isEqualTo("many");
    assertThat(type(rules, "{'headers':{},'body':{'count':null}}"))
        .as("what is not there fits nothing")
        .isNull();
    assertThat(type(rules, "{'body':[]}")).isNull();
  }

  @Test
  void celThatIsWrongIsRefusedWithPlaceColumnAndRemedy() {
    assertThatThrownBy(() -> cel("headers['x'] > 3"))
        .hasMessageContaining("rows[0].when: at column")
        .hasMessageContaining("compare values of one type");
    assertThatThrownBy(() -> cel("payload.x == 1"))
        .hasMessageContaining("the names here are body, headers");
    assertThatThrownBy(() -> cel("headers['x']")).hasMessageContaining("write a comparison");
    assertThatThrownBy(() -> cel("body.x ==")).hasMessageContaining("write CEL");
    assertThatThrownBy(() -> rules("rows:\n  - {type: x, when: [a]}"))
        .hasMessageContaining("/pointer");
  }

  private static Rules cel(String condition) throws IOException {
    return rules("rows:\n  - type: x\n    when: \"" + condition + "\"");
  }

  private static String type(Rules rules, String payload) throws IOException {
    Rules.Outcome outcome = rules.of(Json.tree(bytes(payload.replace('\'', '"'))));
    return outcome == null ? null : outcome.type();
  }

  private static com.fasterxml.jackson.databind.JsonNode made(String template, String payload)
      throws IOException {
    Rules.Outcome outcome =
        rules("rows:\n  - {type: x, data: {made: " + template + "}}").of(Json.tree(bytes(payload)));
    return outcome.data() == null ? null : outcome.data().get("made");
  }

  private static Rules rules(String yaml) throws IOException {
    return Rules.ofYaml(new ByteArrayInputStream(bytes(yaml)), PARTS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
