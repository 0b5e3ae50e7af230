package io.nabz.rules.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Compiles conditions: CEL, checked against the types of event and snapshot, within bounds. */
public final class Conditions {
  /** Rounds of all loops of one evaluation. */
  static final int MAX_ROUNDS = 1000;

  private static final int MAX_NODES = 300;
  private static final int MAX_LOOP_DEPTH = 2;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .evaluateCanonicalTypesToNativeValues(true)
          .comprehensionMaxIterations(MAX_ROUNDS)
          .maxExpressionCodePointSize(2000)
          .maxParseRecursionDepth(32)
          .maxParseExpressionNodeCount(MAX_NODES)
          .maxRegexProgramSize(500)
          .build();

  private static final Schema SCHEMA = Schema.create();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private Conditions() {}

  /**
   * Compiles one condition.
   *
   * @param steps names of all steps by index
   * @param visible those that have happened when the condition is asked
   * @param wrong is told problem and remedy of whatever is wrong
   * @return null when anything is
   */
  public static Condition compile(
      String text, List<String> steps, Set<String> visible, BiConsumer<String, String> wrong) {
    CelAbstractSyntaxTree ast;
    try {
      CelValidationResult result = compiler(visible).compile(text);
      if (result.hasError()) {
        result
            .getErrors()
            .forEach(issue -> wrong.accept(problem(issue), remedy(text, issue, visible)));
        return null;
      }
      ast = result.getAst();
    } catch (CelValidationException | RuntimeException e) {
      wrong.accept("cannot be read as CEL", "write e.g. event.data.channel == 'voice'");
      return null;
    }
    Uses uses = Uses.of(ast.getExpr(), steps);
    if (uses.nodes() > MAX_NODES) {
      wrong.accept("has over " + MAX_NODES + " parts", "split the rule or simplify the condition");
      return null;
    }
    if (uses.depth() > MAX_LOOP_DEPTH) {
      wrong.accept("nests more than two loops", "use at most one 'exists' or 'all' within another");
      return null;
    }
    Plain plain = new PlainCompiler(steps).compile(ast.getExpr());
    return new Condition(
        text, plain, plain == null ? new CelProgram(RUNTIME, ast, steps) : null, uses);
  }

  /** The same, never as a plain predicate: for tests that compare the two. */
  static Condition interpreted(String text, List<String> steps) {
    try {
      CelAbstractSyntaxTree ast = compiler(steps).compile(text).getAst();
      Uses uses = Uses.of(ast.getExpr(), steps);
      return new Condition(text, null, new CelProgram(RUNTIME, ast, steps), uses);
    } catch (CelValidationException e) {
      throw new IllegalArgumentException("not CEL: " + text, e);
    }
  }

  private static CelCompiler compiler(Collection<String> steps) {
    CelCompilerBuilder compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(SCHEMA)
            .addVar("event", SCHEMA.type(Schema.EVENT))
            .addVar("customer", SCHEMA.type(Schema.CUSTOMER))
            .setResultType(SimpleType.BOOL);
    steps.forEach(step -> compiler.addVar(step, SCHEMA.type(Schema.EVENT)));
    return compiler.build();
  }

  /** A path of an expression or placeholder, or null when it names nothing that there is. */
  public static Path path(String dotted, List<String> steps, Set<String> visible) {
    List<String> path = List.of(dotted.split("\\."));
    if (path.size() < 2) {
      return null;
    }
    boolean known =
        path.get(0).equals("event")
            || path.get(0).equals("customer")
            || visible.contains(path.get(0));
    List<String> parent = path.subList(0, path.size() - 1);
    for (int i = 1; known && i <= parent.size(); i++) {
      Collection<String> fields = SCHEMA.fieldsAt(path.subList(0, i));
      known = fields.isEmpty() || fields.contains(path.get(i));
    }
    Plain.Operand operand = known ? PlainCompiler.path(path, steps) : null;
    return operand == null ? null : new Path(operand, steps.indexOf(path.get(0)), path);
  }

  private static String problem(CelIssue issue) {
    String message = issue.getMessage().lines().findFirst().orElse("is wrong").strip();
    return "at column %d: %s"
        .formatted(Math.max(1, issue.getSourceLocation().getColumn() + 1), message);
  }

  private static String remedy(String text, CelIssue issue, Set<String> visible) {
    String message = issue.getMessage();
    if (message.contains("undefined field")) {
      int column = Math.min(text.length(), Math.max(0, issue.getSourceLocation().getColumn()));
      String before = text.substring(0, column);
      int from = before.length();
      while (from > 0
          && (Character.isLetterOrDigit(before.charAt(from - 1))
              || before.charAt(from - 1) == '.')) {
        from--;
      }
      Collection<String> fields = SCHEMA.fieldsAt(List.of(before.substring(from).split("\\.")));
      return fields.isEmpty()
          ? "use a field of the event or the snapshot"
          : "the fields there are " + String.join(", ", fields);
    }
    if (message.contains("undeclared reference")) {
      List<String> names = new ArrayList<>(List.of("event", "customer"));
      names.addAll(visible.stream().sorted().toList());
      return "the names here are " + String.join(", ", names);
    }
    if (message.contains("expected type 'bool'")) {
      return "write a comparison, e.g. event.data.total > 100";
    }
    if (message.contains("no matching overload")) {
      return "compare values of one type, e.g. 3.0 with a decimal number, 'x' with a text";
    }
    return "write CEL, e.g. event.data.channel == 'voice'";
  }
}
