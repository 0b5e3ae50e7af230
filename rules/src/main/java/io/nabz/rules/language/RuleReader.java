package io.nabz.rules.language;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.nabz.model.Audience;
import io.nabz.model.Json;
import io.nabz.model.LocalisedText;
import io.nabz.model.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads rules from JSON and YAML; whatever is wrong is told at once, each with its place. */
public final class RuleReader {
  public static final int MAX_BYTES = 64 * 1024;
  public static final int MAX_STEPS = 16;
  public static final int MAX_TIMES = 50;
  public static final Duration MAX_WITHIN = Duration.ofDays(90);
  static final Duration MAX_COOLDOWN = Duration.ofDays(365);
  static final int MAX_EXPRESSION = 2000;
  private static final int MAX_TEXT = 600;

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern AS = Pattern.compile("[a-z][A-Za-z0-9_]{0,31}");
  private static final Pattern TYPE =
      Pattern.compile("\\*|[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(\\.\\*)?");
  private static final Pattern PATH =
      Pattern.compile(
          "(data\\.[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*)|type|source|subject");

  /** Whose the event is, once that is known: what aggregates may tell apart besides. */
  private static final String CUSTOMER_ID = "customerId";

  /** Names with a meaning in expressions. */
  private static final Set<String> RESERVED =
      Set.of(
          "event",
          "customer",
          "in",
          "true",
          "false",
          "null",
          "size",
          "has",
          "all",
          "exists",
          "map",
          "filter",
          "type",
          "int",
          "double",
          "string",
          "bool",
          "duration",
          "timestamp",
          "matches",
          "dyn",
          "list",
          "bytes",
          "uint",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private static final ObjectMapper YAML = yaml();

  private RuleReader() {}

  /**
   * Reads one rule from JSON or YAML.
   *
   * @throws RuleException with everything that is wrong
   */
  public static Rule read(byte[] document) {
    return read(tree(document));
  }

  /**
   * The document as a tree.
   *
   * @throws RuleException when it is neither a JSON nor a YAML object
   */
  public static ObjectNode tree(byte[] document) {
    if (document.length > MAX_BYTES) {
      throw broken("is over 64 KiB", "send a smaller rule");
    }
    try {
      JsonNode root = looksLikeJson(document) ? Json.tree(document) : YAML.readTree(document);
      if (root instanceof ObjectNode object) {
        return object;
      }
      throw broken("is not an object", "send a rule as a JSON or YAML object with id and pattern");
    } catch (JsonProcessingException e) {
      throw broken(
          "is neither JSON nor YAML at line %d, column %d"
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr()),
          "mend it there; names may not be given twice");
    } catch (IOException e) {
      throw broken("is not readable as UTF-8", "send JSON or YAML in UTF-8");
    }
  }

  /**
   * Reads one rule from a tree.
   *
   * @throws RuleException with everything that is wrong
   */
  public static Rule read(ObjectNode root) {
    List<Problem> problems = new ArrayList<>();
    String id = root.path("id").asText("?");
    Fields rule = new Fields(id, "", root, problems);
    rule.require("id", "write e.g. id: call-after-failed-self-service");
    if (rule.text("id", 64) != null && !ID.matcher(id).matches()) {
      rule.wrong("id", "is not usable as a name", "use a-z, 0-9 and '-', at most 64");
    }
    // The server's own fields; what a client sends in them is overwritten.
    int version = rule.number("version", 0, Integer.MAX_VALUE, 0);
    rule.has("patternVersion");
    rule.has("changedAt");
    rule.has("changedBy");
    rule.has("builtIn");
    rule.has("deleted");
    rule.has("dropped");
    rule.has("status");
    rule.has("start");
    rule.require("name", "write name: {en: ..., fa: ...}");
    rule.require("audience", "write one of agent, supervisor, marketing");
    rule.require("then", "write then: {title: {en: ..., fa: ...}}");
    LocalisedText name = localised(rule, "name", 120);
    LocalisedText why = localised(rule, "why", MAX_TEXT);
    boolean enabled = rule.flag("enabled", true);
    Audience audience = rule.choice("audience", Audience.values(), Audience::code, Audience.AGENT);
    Severity severity = rule.choice("severity", Severity.values(), Severity::code, Severity.MEDIUM);
    Across across = rule.choice("across", Across.values(), Across::code, null);
    boolean watched = across != null && across.isWatched();
    List<Step> pattern = watched ? List.of() : pattern(rule, id, problems);
    Duration within = rule.duration("within", MAX_WITHIN);
    String by = path(rule, "by");
    RuleOrdering ordering =
        rule.choice("ordering", RuleOrdering.values(), RuleOrdering::code, RuleOrdering.ARRIVAL);
    AfterMatch afterMatch =
        rule.choice("afterMatch", AfterMatch.values(), AfterMatch::code, AfterMatch.SKIP_PAST_LAST);
    String condition = rule.text("condition", MAX_EXPRESSION);
    Duration cooldown = rule.duration("cooldown", MAX_COOLDOWN);
    Watch watch = WatchReader.read(rule, across, audience, cooldown);
    Action then = action(rule, audience);
    rule.refuseOthers();
    Shape.check(rule, pattern, within);
    if (across != null && !watched) {
      Reach.check(rule, by, audience, pattern, ordering, cooldown);
    }
    if (!problems.isEmpty()) {
      throw new RuleException(problems);
    }
    return new Rule(
        id,
        version,
        enabled,
        name,
        why,
        audience,
        severity,
        pattern,
        within,
        by,
        across,
        watch,
        ordering,
        afterMatch,
        condition,
        cooldown == null ? Duration.ZERO : cooldown,
        then,
        root);
  }

  private static List<Step> pattern(Fields rule, String id, List<Problem> problems) {
    List<Step> steps = new ArrayList<>();
    JsonNode list = rule.raw("pattern");
    if (list == null || !list.isArray() || list.isEmpty() || list.size() > MAX_STEPS) {
      rule.wrong(
          "pattern",
          "is not a list of 1 to " + MAX_STEPS + " steps",
          "write e.g. pattern: [{as: call, type: contact.initiated}]");
      return steps;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof ObjectNode node) {
        steps.add(step(new Fields(id, "/pattern/" + i, node, problems), i, names));
      } else {
        rule.wrong("pattern/" + i, "is not an object", "write e.g. {as: call, type: contact.*}");
      }
    }
    return steps;
  }

  private static Step step(Fields step, int index, Set<String> names) {
    step.require("as", "give the step a name, e.g. as: call");
    step.require("type", "write an event type, a list of them, or contact.*");
    String as = step.text("as", 32);
    if (as == null) {
      as = "step" + index;
    } else if (!AS.matcher(as).matches() || RESERVED.contains(as)) {
      step.wrong("as", "'" + as + "' is no name for a step", "use letters and digits, e.g. call");
    } else if (!names.add(as)) {
      step.wrong("as", "'" + as + "' is the name of an earlier step", "give each its own");
    }
    List<String> types = step.texts("type", 32);
    for (String type : types) {
      if (!TYPE.matcher(type).matches()) {
        step.wrong("type", "'" + type + "' is no event type", "write e.g. contact.initiated");
      }
    }
    boolean orMore = step.has("timesOrMore");
    if (orMore && step.has("times")) {
      step.wrong("timesOrMore", "stands beside times", "keep one of the two");
    }
    int times = step.number(orMore ? "timesOrMore" : "times", 1, MAX_TIMES, 1);
    step.has(orMore ? "times" : "timesOrMore");
    Contiguity followed =
        step.choice("followed", Contiguity.values(), Contiguity::code, Contiguity.RELAXED);
    Contiguity repeated =
        step.choice("repeated", Contiguity.values(), Contiguity::code, Contiguity.RELAXED);
    Step read =
        new Step(
            as,
            types,
            step.text("where", MAX_EXPRESSION),
            times,
            orMore,
            step.flag("optional", false),
            step.flag("not", false),
            followed,
            repeated,
            aggregate(step));
    step.refuseOthers();
    return read;
  }

  private static Aggregate aggregate(Fields step) {
    Fields fields = step.object("aggregate");
    if (fields == null) {
      return null;
    }
    fields.require("function", "write one of count, sum, distinct, rate");
    fields.require("window", "write e.g. window: 24h");
    fields.require("atLeast", "write the threshold");
    Aggregate.Function function =
        fields.choice(
            "function",
            Aggregate.Function.values(),
            Aggregate.Function::code,
            Aggregate.Function.COUNT);
    Duration window = fields.duration("window", MAX_WITHIN);
    double atLeast = fields.amount("atLeast", 0.000001, 1e15, 1);
    String field = path(fields, "field");
    boolean wantsField =
        function == Aggregate.Function.SUM || function == Aggregate.Function.DISTINCT;
    if (wantsField != (field != null)) {
      fields.wrong(
          "field",
          wantsField ? "is missing" : "has no meaning with " + function.code(),
          wantsField ? "write e.g. field: data.total" : "leave it out");
    }
    if (function != Aggregate.Function.SUM
        && function != Aggregate.Function.RATE
        && atLeast > 200) {
      fields.wrong("atLeast", "is more than are kept", "write at most 200");
    }
    fields.refuseOthers();
    boolean usable = window != null && wantsField == (field != null);
    return usable ? new Aggregate(function, field, window, atLeast) : null;
  }

  private static Action action(Fields rule, Audience audience) {
    Fields then = rule.object("then");
    if (then == null) {
      return new Action(new LocalisedText("", ""), null, null, null);
    }
    then.require("title", "write title: {en: ..., fa: ...}");
    LocalisedText title = localised(then, "title", MAX_TEXT);
    LocalisedText advice = localised(then, "advice", MAX_TEXT);
    Action.Offer offer = null;
    Fields offered = then.object("offer");
    if (offered != null) {
      offered.require("id", "write e.g. id: free-delivery");
      offer = new Action.Offer(offered.text("id", 64), offered.amount("holdout", 0, 1, 0));
      offered.refuseOthers();
      if (audience != Audience.MARKETING) {
        then.wrong("offer", "stands in a rule for " + audience.code(), "use audience: marketing");
      }
    }
    String webhook = then.text("webhook", 64);
    then.refuseOthers();
    return new Action(title == null ? new LocalisedText("", "") : title, advice, offer, webhook);
  }

  private static LocalisedText localised(Fields fields, String name, int maxChars) {
    Fields texts = fields.object(name);
    if (texts == null) {
      return null;
    }
    texts.require("en", "give the English text");
    texts.require("fa", "give the Persian text");
    String en = texts.text("en", maxChars);
    String fa = texts.text("fa", maxChars);
    texts.refuseOthers();
    return new LocalisedText(en == null ? "" : en, fa == null ? "" : fa);
  }

  private static String path(Fields fields, String name) {
    String path = fields.text(name, 200);
    boolean customer = CUSTOMER_ID.equals(path) && name.equals("field");
    if (path != null && !customer && !PATH.matcher(path).matches()) {
      fields.wrong(name, "'" + path + "' is no field of an event", "write e.g. data.orderId");
    }
    return path;
  }

  private static boolean looksLikeJson(byte[] document) {
    for (byte b : document) {
      if (b > ' ') {
        return b == '{';
      }
    }
    return false;
  }

  private static RuleException broken(String problem, String remedy) {
    return new RuleException(List.of(new Problem("?", "", problem, remedy)));
  }

  /** Aliases are where YAML documents explode; a rule needs none. */
  private static ObjectMapper yaml() {
    LoaderOptions limits = new LoaderOptions();
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(20);
    limits.setCodePointLimit(MAX_BYTES);
    limits.setAllowDuplicateKeys(false);
    return new ObjectMapper(YAMLFactory.builder().loaderOptions(limits).build())
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  }
}
