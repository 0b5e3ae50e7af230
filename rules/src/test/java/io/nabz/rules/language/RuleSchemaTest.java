package io.nabz.rules.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Audience;
import io.nabz.model.Json;
import io.nabz.model.Severity;
import io.nabz.rules.catalogue.RuleSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published schema says what the reader does. */
class RuleSchemaTest {
  private static final String STRANGE =
      """
      id: x
      strange: 1
      audience: marketing
      name: {en: n, fa: ن}
      pattern: [{as: a, type: b, strange: 1, aggregate: {strange: 1, function: count, window: 1h, atLeast: 2}}]
      then: {title: {en: t, fa: ت}, strange: 1, offer: {id: o, strange: 1}}
      """;

  private JsonNode schema;

  @BeforeEach
  void read() throws IOException {
    schema = Json.tree(RuleSchema.json());
  }

  @Test
  void itHasTheFieldsThatTheReaderTakes() {
    RuleException refused =
        catchThrowableOfType(RuleException.class, () -> RuleReader.read(STRANGE.getBytes(UTF_8)));

    JsonNode step = schema.at("/properties/pattern/items");
    assertThat(fieldsAt(refused, "/strange")).isEqualTo(names(schema));
    assertThat(fieldsAt(refused, "/pattern/0/strange")).isEqualTo(names(step));
    assertThat(fieldsAt(refused, "/pattern/0/aggregate/strange"))
        .isEqualTo(names(step.at("/properties/aggregate")));
    assertThat(fieldsAt(strangeWatch("sources"), "/watch/strange"))
        .isEqualTo(names(schema.at("/properties/watch/oneOf/0")));
    assertThat(fieldsAt(strangeWatch("queues"), "/watch/strange"))
        .isEqualTo(names(schema.at("/properties/watch/oneOf/1")));
    assertThat(fieldsAt(refused, "/then/strange")).isEqualTo(names(schema.at("/properties/then")));
    assertThat(fieldsAt(refused, "/then/offer/strange"))
        .isEqualTo(names(schema.at("/properties/then/properties/offer")));
  }

  @Test
  void itsChoicesAreThoseOfTheReader() {
    assertThat(choices("/properties/audience")).isEqualTo(codes(Audience.values(), Audience::code));
    assertThat(choices("/properties/severity")).isEqualTo(codes(Severity.values(), Severity::code));
    assertThat(choices("/properties/ordering"))
        .isEqualTo(codes(RuleOrdering.values(), RuleOrdering::code));
    assertThat(choices("/properties/across")).isEqualTo(codes(Across.values(), Across::code));
    assertThat(choices("/properties/watch/oneOf/1/properties/figure"))
        .isEqualTo(codes(Watch.Figure.values(), Watch.Figure::code));
    assertThat(choices("/properties/afterMatch"))
        .containsExactlyInAnyOrderElementsOf(codes(AfterMatch.values(), AfterMatch::code));
    assertThat(choices("/properties/pattern/items/properties/followed"))
        .isEqualTo(codes(Contiguity.values(), Contiguity::code));
    assertThat(choices("/properties/pattern/items/properties/aggregate/properties/function"))
        .isEqualTo(codes(Aggregate.Function.values(), Aggregate.Function::code));
  }

  private static RuleException strangeWatch(String across) {
    String rule = STRANGE.replaceAll("pattern: .*", "across: " + across + "\nwatch: {strange: 1}");
    return catchThrowableOfType(RuleException.class, () -> RuleReader.read(rule.getBytes(UTF_8)));
  }

  private static TreeSet<String> fieldsAt(RuleException refused, String place) {
    String remedy =
        refused.problems().stream()
            .filter(problem -> problem.place().equals(place))
            .findFirst()
            .orElseThrow()
            .remedy();
    return new TreeSet<>(List.of(remedy.substring("the fields here are ".length()).split(", ")));
  }

  private static TreeSet<String> names(JsonNode object) {
    TreeSet<String> names = new TreeSet<>();
    object.get("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private List<String> choices(String pointer) {
    return schema.at(pointer).get("enum").valueStream().map(JsonNode::textValue).toList();
  }

  private static <E> List<String> codes(E[] values, Function<E, String> code) {
    return Arrays.stream(values).map(code).toList();
  }
}
