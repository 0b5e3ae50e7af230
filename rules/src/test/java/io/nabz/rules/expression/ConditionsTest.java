package io.nabz.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.Money;
import io.nabz.model.Snapshot;
import io.nabz.testkit.Events;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
  private static final List<String> STEPS = List.of("fail");
  private static final Snapshot.Value GOLD =
      new Snapshot.Value(
          4, new Money(new BigDecimal("12.50"), "IRR"), "gold", 12, List.of("shoes"), null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.data.channel == 'voice'",
        "event.data.total > 100 && event.data.total <= 250.5",
        "event.data['total'] == 250",
        "event.data.channel in ['chat', 'voice']",
        "!has(event.data.gone) && has(event.data.channel)",
        "event.data.gone == 1 || event.data.channel.startsWith('vo')",
        "event.time > fail.time && event.data.channel == fail.data.channel",
        "customer.value.tier == 'gold' && customer.value.spend.amount >= 12.5",
        "customer.value.recencyDays < 30 && customer.value.orders == 4",
        "event.type.endsWith('.failed') || event.id.contains('e')",
      })
  void ordinaryComparisonsHoldAsPlainPredicates(String text) {
    Condition condition = compile(text);

    assertThat(condition.isPlain()).isTrue();
    assertThat(condition.holds(scope(data()))).isTrue();
    assertThat(Conditions.interpreted(text, STEPS).holds(scope(data()))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.time - fail.time < duration('5m')",
        "event.data.items.exists(item, item.price > 50)",
        "event.data.channel.matches('^vo.*')",
        "size(customer.value.products) == 1",
        "event.data.total * 2 > 400",
      })
  void theRestOfCelIsInterpreted(String text) {
    Condition condition = compile(text);

    assertThat(condition.isPlain()).isFalse();
    assertThat(condition.holds(scope(data()))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.data.gone == 1",
        "!(event.data.gone == 1)",
        "event.data.channel > 5",
        "customer.sentiment.score < 0.0",
        "event.data.gone.further == 1",
      })
  void whatCannotBeDecidedDoesNotHold(String text) {
    assertThat(compile(text).holds(scope(data()))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "customer.value.teir == 'gold' | undefined field 'teir' | the fields there are orders, spend",
        "evnt.data.x == 1 | undeclared reference to 'evnt' | the names here are event, customer, fail",
        "event.data.total + 1 | expected type 'bool' | write a comparison",
        "event.type == 3 | no matching overload | compare values of one type",
        "event.data.x == | mismatched input | write CEL",
      })
  void whatIsWrongIsToldWithTheRemedy(String text, String problem, String remedy) {
    List<String> told = new ArrayList<>();
    Condition condition =
        Conditions.compile(text, STEPS, Set.of("fail"), (p, r) -> told.add(p + " -> " + r));

    assertThat(condition).isNull();
    assertThat(told).anySatisfy(t -> assertThat(t).contains(problem).contains(remedy));
  }

  @Test
  void hostileExpressionsAreRefusedOrContained() {
    List<String> told = new ArrayList<>();
    String list = "event.data.items";
    String nested = list + ".all(a, " + list + ".all(b, " + list + ".all(c, true)))";
    for (String hostile :
        List.of(nested, "(".repeat(200) + "true" + ")".repeat(200), "1".repeat(3000))) {
      assertThat(Conditions.compile(hostile, STEPS, Set.of(), (p, r) -> told.add(p))).isNull();
    }
    assertThat(told).hasSizeGreaterThanOrEqualTo(3);

    ObjectNode large = data();
    for (int i = 0; i < 2000; i++) {
      large.withArray("items").addObject().put("price", 1);
    }
    String rounds = "event.data.items.all(a, event.data.items.all(b, a.price > 0))";
    assertThat(compile(rounds).holds(scope(large))).as("over the cap of rounds").isFalse();
    String regex = "event.data.text.matches('(a+)+$')";
    ObjectNode text = data().put("text", "a".repeat(5000) + "b");
    assertThat(compile(regex).holds(scope(text))).as("RE2 is linear").isFalse();
  }

  @Test
  void theCustomerIsNotAskedByAnExpressionThatDoesNotSpeakOfIt() {
    CustomerFacts nobody =
        name -> {
          throw new AssertionError("asked for " + name);
        };
    Scope scope = new Scope().at(event(data()), nobody);

    assertThat(compile("event.data.total > 100").holds(scope)).isTrue();
    assertThat(compile("event.data.total < 100 && customer.value.orders > 1").holds(scope))
        .isFalse();
  }

  @Test
  void plainPredicatesAndCelAgreeOnRandomExpressions() {
    long seed = Long.getLong("nabz.seed", 1);
    Random random = new Random(seed);
    String[] operands = {
      "event.data.n",
      "event.data.s",
      "event.data.gone",
      "event.data.d",
      "fail.data.channel",
      "customer.value.tier",
      "customer.value.orders",
      "event.type",
      "1",
      "2.5",
      "'voice'",
      "true",
      "event.data.flag",
      "event.data.nested.n"
    };
    String[] operators = {"==", "!=", "<", "<=", ">", ">="};
    int compared = 0;
    for (int i = 0; i < 1500; i++) {
      String text = comparison(random, operands, operators);
      for (int more = random.nextInt(3); more > 0; more--) {
        String next = comparison(random, operands, operators);
        text = "(" + text + (random.nextBoolean() ? " && " : " || ") + next + ")";
        text = random.nextInt(4) == 0 ? "!" + text : text;
      }
      Condition plain = Conditions.compile(text, STEPS, Set.of("fail"), (p, r) -> {});
      if (plain == null) {
        continue;
      }
      compared++;
      assertThat(plain.isPlain()).as(text).isTrue();
      Condition cel = Conditions.interpreted(text, STEPS);
      for (int variant = 0; variant < 4; variant++) {
        ObjectNode data = data().put("n", variant).put("s", variant == 1 ? "voice" : "x");
        data.put("d", 2.5 * variant).put("flag", variant % 2 == 0);
        data.putObject("nested").put("n", variant);
        assertThat(plain.holds(scope(data)))
            .as("seed %d: %s on %s", seed, text, data)
            .isEqualTo(cel.holds(scope(data)));
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  private static String comparison(Random random, String[] operands, String[] operators) {
    String left = operands[random.nextInt(operands.length)];
    return switch (random.nextInt(6)) {
      case 0 -> "has(event.data.gone)";
      case 1 -> left + " in ['voice', 'x']";
      default ->
          left
              + ' '
              + operators[random.nextInt(operators.length)]
              + ' '
              + operands[random.nextInt(operands.length)];
    };
  }

  private static Condition compile(String text) {
    return Conditions.compile(
        text,
        STEPS,
        Set.of("fail"),
        (problem, remedy) -> {
          throw new AssertionError(text + ": " + problem + " / " + remedy);
        });
  }

  private static ObjectNode data() {
    ObjectNode data = Events.data().put("channel", "voice").put("total", 250);
    data.putNull("none");
    data.withArray("items").addObject().put("price", 60);
    return data;
  }

  private static Event event(ObjectNode data) {
    return Events.of("C-1").event("e", "payment.failed", data);
  }

  private static Scope scope(ObjectNode data) {
    CustomerFacts customer = name -> name.equals("value") ? GOLD : null;
    PastEvent fail =
        new PastEvent() {
          @Override
          public String id() {
            return "f";
          }

          @Override
          public String type() {
            return "selfservice.failed";
          }

          @Override
          public long timeMs() {
            return Events.START.toEpochMilli() - 60_000;
          }

          @Override
          public ObjectNode kept() {
            ObjectNode kept = Json.mapper().createObjectNode();
            kept.putObject("data").put("channel", "voice");
            return kept;
          }
        };
    return new Scope().at(event(data), customer).after(step -> step == 0 ? fail : null);
  }
}
