package io.nabz.api.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RulesTest {
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

  private static com.fasterxml.jackson.databind.JsonNode made(String template, String payload)
      throws IOException {
    Rules.Outcome outcome =
        rules("rows:\n  - {type: x, data: {made: " + template + "}}").of(Json.tree(bytes(payload)));
    return outcome.data() == null ? null : outcome.data().get("made");
  }

  private static Rules rules(String yaml) throws IOException {
    return Rules.ofYaml(new ByteArrayInputStream(bytes(yaml)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
