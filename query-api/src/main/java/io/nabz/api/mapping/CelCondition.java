package io.nabz.api.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A condition of a mapping in CEL over the parts of a payload, under the bounds that conditions of
 * rules have. Where it asks for what is not there, it does not hold.
 */
final class CelCondition implements Predicate<JsonNode> {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .evaluateCanonicalTypesToNativeValues(true)
          .comprehensionMaxIterations(1000)
          .maxExpressionCodePointSize(2000)
          .maxParseRecursionDepth(32)
          .maxParseExpressionNodeCount(300)
          .maxRegexProgramSize(500)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final CelRuntime.Program program;

  private CelCondition(CelRuntime.Program program) {
    this.program = program;
  }

  /**
   * @param names what may be asked for, with its type
   * @param at the place in the mapping
   * @throws MappingException naming the place, the column and what to write there
   */
  static CelCondition compile(String text, Map<String, CelType> names, String at) {
    CelCompilerBuilder compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    names.forEach(compiler::addVar);
    try {
      CelValidationResult result = compiler.build().compile(text);
      if (result.hasError()) {
        throw wrong(result.getErrors().get(0), names, at);
      }
      CelAbstractSyntaxTree ast = result.getAst();
      return new CelCondition(RUNTIME.createProgram(ast));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new MappingException(at + ": cannot be read as CEL; " + example(names));
    }
  }

  private static MappingException wrong(CelIssue issue, Map<String, CelType> names, String at) {
    String message = issue.getMessage().lines().findFirst().orElse("is wrong").strip();
    String remedy;
    if (message.contains("undeclared reference")) {
      remedy = "the names here are " + String.join(", ", new TreeSet<>(names.keySet()));
    } else if (message.contains("expected type 'bool'")) {
      remedy = "write a comparison, " + example(names);
    } else if (message.contains("no matching overload")) {
      remedy =
          "compare values of one type, e.g. double(body.total) > 10.0 where a number is a text";
    } else {
      remedy = "write CEL, " + example(names);
    }
    int column = Math.max(1, issue.getSourceLocation().getColumn() + 1);
    return new MappingException("%s: at column %d: %s; %s".formatted(at, column, message, remedy));
  }

  private static String example(Map<String, CelType> names) {
    return "e.g. " + new TreeSet<>(names.keySet()).first() + ".kind == 'order'";
  }

  @Override
  public boolean test(JsonNode payload) {
    try {
      return Boolean.TRUE.equals(
          program.eval(name -> Optional.ofNullable(value(payload.path(name)))));
    } catch (CelEvaluationException | RuntimeException e) {
      // A field that is not there, or too many rounds.
      return false;
    }
  }

  /** As CEL knows it; null for nothing, and fields that are null are left out. */
  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.isIntegralNumber() && node.canConvertToLong()
              ? (Object) node.longValue()
              : (Object) node.doubleValue();
      case OBJECT -> {
        Map<String, Object> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          Object value = value(field.getValue());
          if (value != null) {
            map.put(field.getKey(), value);
          }
        }
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>(node.size());
        for (JsonNode element : node) {
          Object value = value(element);
          if (value != null) {
            list.add(value);
          }
        }
        yield list;
      }
      default -> null;
    };
  }
}
