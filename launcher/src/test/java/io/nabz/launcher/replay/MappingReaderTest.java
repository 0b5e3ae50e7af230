package io.nabz.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingReaderTest {
  private static final String GOOD =
      """
      description: a test
      format: csv
      columns: [who, what, at, note]
      order: within 1m
      source: /test
      tables:
        names: {a: Alpha}
      times:
        at: {rfc3339: at}
      who:
        - {subject: "{who}"}
      events:
        - {type: page.viewed, at: at, id: "{who}-{at}", data: {title: "{what|names}", note: "{note}", n: 1}}
      """;

  @Test
  void a_good_mapping_gives_events_with_empty_columns_left_out() {
    MappingAdapter adapter = MappingReader.read("test", GOOD, Map.of());
    Translation translation = adapter.open().translate("C-1,a,2026-11-22T09:00:00Z,");
    assertThat(translation.events()).hasSize(1);
    assertThat(translation.events().get(0).data().toString())
        .isEqualTo("{\"title\":\"Alpha\",\"n\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject: \"{who}\" | subject: \"{whom}\" | test.who[0].subject: unknown column 'whom'",
        "format: csv | format: xml | test.format: write csv, tsv or jsonl",
        "order: within 1m | order: within soon | test.order: 'soon' is not a duration",
        "order: within 1m | order: sorted | test.order: write any",
        "at: {rfc3339: at} | at: {rfc3340: at} | test.times.at: unknown key 'rfc3340'",
        "at: at, id | at: then, id | test.events[0].at: no time of that name above",
        "{what#names} | {what#nomes} | test.events[0].data.title: '#nomes' is neither",
        "type: page.viewed | tipe: page.viewed | test.events[0]: unknown key 'tipe'",
        "source: /test | zource: /test | test: unknown key 'zource'",
        "source: /test | source: | test.source: is missing",
        "{who}-{at} | {who}-{at | test.events[0].id: a brace that is no reference",
        "{subject: | {identifiers: {fax: \"1\"}, subject: | no identifier of that name",
      })
  void a_bad_mapping_is_refused_with_the_place(String part, String replacement, String message) {
    String bad = GOOD.replace(part.replace('#', '|'), replacement.replace('#', '|'));
    assertThat(bad).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> MappingReader.read("test", bad, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message.replace('#', '|'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"anonbank", "otto", "taobao"})
  void every_shipped_mapping_loads(String name) {
    assertThat(Adapters.declared(name).description()).isNotBlank();
    assertThat(Adapters.names()).contains(name);
  }
}
