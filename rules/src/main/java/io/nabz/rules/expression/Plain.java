package io.nabz.rules.expression;

import io.nabz.model.Event;
import java.time.Instant;
import java.util.List;

/**
 * A condition without an interpreter. Logic is CEL's, of three values: an error in one branch does
 * not matter when the other decides.
 */
abstract class Plain {
  static final byte FALSE = 0;
  static final byte TRUE = 1;
  static final byte ERROR = 2;

  abstract byte test(Scope scope);

  static byte of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Something with a value. */
  interface Operand {
    /** A scalar or a container, or {@link Values#MISSING}. */
    Object value(Scope scope);
  }

  record Constant(Object constant) implements Operand {
    @Override
    public Object value(Scope scope) {
      return constant;
    }
  }

  /** A path below the event. */
  record OfEvent(String field, List<String> below) implements Operand {
    @Override
    public Object value(Scope scope) {
      Event event = scope.event();
      if (event == null) {
        return Values.MISSING;
      }
      Object value =
          switch (field) {
            case "id" -> event.id();
            case "source" -> event.source();
            case "type" -> event.type();
            case "subject" -> Values.of(event.subject());
            case "tenant" -> event.tenant();
            case "customerId" -> Values.of(scope.customer().customerId());
            case "time" -> event.time();
            case "data" -> event.data();
            default -> Values.MISSING;
          };
      return walk(value, below);
    }
  }

  /** A field of the event's data: what is asked for most. */
  record OfData(String name) implements Operand {
    @Override
    public Object value(Scope scope) {
      return scope.data(name);
    }
  }

  /** A path below the event of an earlier step. */
  record OfStep(int step, String field, List<String> below) implements Operand {
    @Override
    public Object value(Scope scope) {
      PastEvent past = scope.step(step);
      if (past == null) {
        return Values.MISSING;
      }
      Object value =
          switch (field) {
            case "id" -> past.id();
            case "type" -> past.type();
            case "time" -> Instant.ofEpochMilli(past.timeMs());
            default -> past.kept() == null ? Values.MISSING : Values.field(past.kept(), field);
          };
      return walk(value, below);
    }
  }

  /** A path below the customer. */
  record OfCustomer(String facet, List<String> below) implements Operand {
    @Override
    public Object value(Scope scope) {
      return walk(Values.of(scope.customer().facet(facet)), below);
    }
  }

  private static Object walk(Object from, List<String> path) {
    Object value = from;
    for (int i = 0; i < path.size() && value != Values.MISSING; i++) {
      value = Values.field(value, path.get(i));
    }
    return value;
  }

  /** Whether a container has a field. */
  static final class Has extends Plain {
    private final Operand container;
    private final String field;

    Has(Operand container, String field) {
      this.container = container;
      this.field = field;
    }

    @Override
    byte test(Scope scope) {
      Object value = container.value(scope);
      return Values.isContainer(value) ? of(Values.field(value, field) != Values.MISSING) : ERROR;
    }
  }

  /** A value that is itself a condition. */
  static final class Truth extends Plain {
    private final Operand operand;

    Truth(Operand operand) {
      this.operand = operand;
    }

    @Override
    byte test(Scope scope) {
      return operand.value(scope) instanceof Boolean value ? of(value) : ERROR;
    }
  }

  static final class Not extends Plain {
    private final Plain inner;

    Not(Plain inner) {
      this.inner = inner;
    }

    @Override
    byte test(Scope scope) {
      byte value = inner.test(scope);
      return value == ERROR ? ERROR : of(value == FALSE);
    }
  }

  /** Both, or either. */
  static final class Join extends Plain {
    private final Plain left;
    private final Plain right;
    private final byte decisive;

    Join(Plain left, Plain right, boolean and) {
      this.left = left;
      this.right = right;
      this.decisive = and ? FALSE : TRUE;
    }

    @Override
    byte test(Scope scope) {
      byte first = left.test(scope);
      if (first == decisive) {
        return decisive;
      }
      byte second = right.test(scope);
      if (second == decisive) {
        return decisive;
      }
      return first == ERROR || second == ERROR ? ERROR : (byte) (1 - decisive);
    }
  }

  /** One of some constants. */
  static final class In extends Plain {
    private final Operand operand;
    private final Object[] constants;

    In(Operand operand, Object[] constants) {
      this.operand = operand;
      this.constants = constants;
    }

    @Override
    byte test(Scope scope) {
      Object value = operand.value(scope);
      if (value == Values.MISSING) {
        return ERROR;
      }
      for (Object constant : constants) {
        if (Compare.same(value, constant)) {
          return TRUE;
        }
      }
      return FALSE;
    }
  }

  /** A test of a text against a constant. */
  static final class TextTest extends Plain {
    private final String function;
    private final Operand operand;
    private final String constant;

    TextTest(String function, Operand operand, String constant) {
      this.function = function;
      this.operand = operand;
      this.constant = constant;
    }

    @Override
    byte test(Scope scope) {
      if (!(operand.value(scope) instanceof String text)) {
        return ERROR;
      }
      return of(
          switch (function) {
            case "startsWith" -> text.startsWith(constant);
            case "endsWith" -> text.endsWith(constant);
            default -> text.contains(constant);
          });
    }
  }
}
