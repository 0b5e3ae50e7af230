package io.nabz.rules.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import io.nabz.rules.language.AfterMatch;
import io.nabz.rules.language.Contiguity;
import io.nabz.rules.language.Rule;
import io.nabz.rules.language.RuleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A rule of the part of the language that Flink's CEP has as well, and a stream in order. */
record RandomCase(List<StepSpec> steps, long within, AfterMatch afterMatch, List<Ev> events) {
  /** What is asked of an event beyond its type. */
  enum Test {
    NONE,
    ONE,
    POSITIVE,
    SAME_AS_EARLIER
  }

  record Ev(String type, int value, long time) {}

  record StepSpec(
      String as,
      String type,
      Test test,
      String earlier,
      int times,
      boolean orMore,
      boolean optional,
      boolean not,
      Contiguity followed,
      Contiguity repeated) {}

  private static final String[] TYPES = {"a", "b", "c"};

  static RandomCase draw(Random random) {
    int count = 1 + random.nextInt(4);
    List<StepSpec> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(step(random, steps, i, i == count - 1));
    }
    List<Ev> events = new ArrayList<>();
    long time = 1000;
    int length = 6 + random.nextInt(9);
    for (int i = 0; i < length; i++) {
      time += random.nextInt(4) * 1000L;
      events.add(new Ev(TYPES[random.nextInt(TYPES.length)], random.nextInt(3), time));
    }
    AfterMatch[] skips = AfterMatch.values();
    return new RandomCase(
        steps, (4 + random.nextInt(20)) * 1000L, skips[random.nextInt(skips.length)], events);
  }

  private static StepSpec step(Random random, List<StepSpec> before, int i, boolean last) {
    StepSpec previous = i == 0 ? null : before.get(i - 1);
    // Of an event that must not come and is also the next step Flink makes a match just when it is
    // the last step; ours makes none.
    String type = TYPES[random.nextInt(TYPES.length)];
    while (previous != null && previous.not() && previous.type().equals(type)) {
      type = TYPES[random.nextInt(TYPES.length)];
    }
    boolean not = i > 0 && !previous.not() && !previous.optional() && random.nextInt(5) == 0;
    if (not && last && previous.orMore()) {
      not = false;
    }
    boolean optional = i > 0 && !not && !behindNot(before) && random.nextInt(6) == 0;
    int times = !not && random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
    boolean orMore = !not && random.nextInt(6) == 0;
    Contiguity followed = not || i == 0 ? Contiguity.RELAXED : contiguity(random);
    if (previous != null && previous.not() && followed == Contiguity.STRICT) {
      followed = Contiguity.ANY;
    }
    List<String> seen = before.stream().filter(s -> !s.not()).map(StepSpec::as).toList();
    Test test = Test.values()[random.nextInt(seen.isEmpty() ? 3 : 4)];
    return new StepSpec(
        "s" + i,
        type,
        test,
        test == Test.SAME_AS_EARLIER ? seen.get(random.nextInt(seen.size())) : null,
        times,
        orMore,
        optional,
        not,
        followed,
        orMore || times > 1 ? contiguity(random) : Contiguity.RELAXED);
  }

  private static boolean behindNot(List<StepSpec> before) {
    for (int k = before.size() - 1; k >= 0; k--) {
      if (before.get(k).not()) {
        return true;
      }
      if (!before.get(k).optional()) {
        return false;
      }
    }
    return false;
  }

  private static Contiguity contiguity(Random random) {
    return Contiguity.values()[random.nextInt(Contiguity.values().length)];
  }

  Rule rule() {
    ObjectNode rule = Json.mapper().createObjectNode();
    rule.put("id", "random").put("audience", "agent").put("within", within / 1000 + "s");
    rule.put("afterMatch", afterMatch.code());
    rule.putObject("name").put("en", "x").put("fa", "x");
    rule.putObject("then").putObject("title").put("en", "x").put("fa", "x");
    for (StepSpec step : steps) {
      ObjectNode node = rule.withArray("pattern").addObject();
      node.put("as", step.as()).put("type", step.type());
      if (step.orMore()) {
        node.put("timesOrMore", step.times());
      } else if (step.times() > 1) {
        node.put("times", step.times());
      }
      if (step.optional()) {
        node.put("optional", true);
      }
      if (step.not()) {
        node.put("not", true);
      }
      node.put("followed", step.followed().code()).put("repeated", step.repeated().code());
      switch (step.test()) {
        case ONE -> node.put("where", "event.data.v == 1");
        case POSITIVE -> node.put("where", "event.data.v > 0");
        case SAME_AS_EARLIER -> node.put("where", "event.data.v == " + step.earlier() + ".data.v");
        case NONE -> {
          // Any event of the type.
        }
      }
    }
    return RuleReader.read(rule);
  }
}
