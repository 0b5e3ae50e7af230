package io.nabz.rules.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One view of JSON trees, records and maps: scalars as CEL knows them (String, Long, Double,
 * Boolean, Instant), and what is null as what is not there.
 */
final class Values {
  /** What is not there. */
  static final Object MISSING = new Object();

  private static final ClassValue<Map<String, Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
          Map<String, Method> accessors = new LinkedHashMap<>();
          for (RecordComponent component : type.getRecordComponents()) {
            accessors.put(component.getName(), component.getAccessor());
          }
          return accessors;
        }
      };

  private Values() {}

  /** The field of a container; {@link #MISSING} also when there is no container. */
  static Object field(Object parent, String name) {
    if (parent instanceof ObjectNode node) {
      return of(node.get(name));
    }
    if (parent instanceof Map<?, ?> map) {
      return of(map.get(name));
    }
    if (parent instanceof Record) {
      Method accessor = ACCESSORS.get(parent.getClass()).get(name);
      return accessor == null ? MISSING : of(invoke(accessor, parent));
    }
    return MISSING;
  }

  static boolean isContainer(Object value) {
    return value instanceof ObjectNode || value instanceof Map<?, ?> || value instanceof Record;
  }

  /** Scalars as CEL knows them, containers as they are. */
  static Object of(Object raw) {
    if (raw == null) {
      return MISSING;
    }
    if (raw instanceof JsonNode node) {
      return switch (node.getNodeType()) {
        case STRING -> node.textValue();
        case BOOLEAN -> node.booleanValue();
        case NUMBER ->
            node.isIntegralNumber() && node.canConvertToLong()
                ? (Object) node.longValue()
                : (Object) node.doubleValue();
        case OBJECT, ARRAY -> node;
        default -> MISSING;
      };
    }
    if (raw instanceof Integer || raw instanceof Short || raw instanceof Byte) {
      return ((Number) raw).longValue();
    }
    if (raw instanceof BigDecimal || raw instanceof Float) {
      return ((Number) raw).doubleValue();
    }
    return raw instanceof Enum<?> constant ? Schema.code(constant) : raw;
  }

  /** The same for CEL programs: containers as lazy maps and lists. */
  static Object cel(Object raw) {
    Object value = of(raw);
    if (value instanceof ObjectNode node) {
      return new View(node);
    }
    if (value instanceof Record || value instanceof Map<?, ?>) {
      return new View(value);
    }
    if (value instanceof ArrayNode array) {
      return new AbstractList<Object>() {
        @Override
        public Object get(int index) {
          return cel(array.get(index));
        }

        @Override
        public int size() {
          return array.size();
        }
      };
    }
    if (value instanceof List<?> list) {
      return new AbstractList<Object>() {
        @Override
        public Object get(int index) {
          return cel(list.get(index));
        }

        @Override
        public int size() {
          return list.size();
        }
      };
    }
    return value == MISSING ? null : value;
  }

  private static Object invoke(Method accessor, Object target) {
    try {
      return accessor.invoke(target);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record's accessor failed", e);
    }
  }

  /** A container as a map that reads what is asked for. */
  private static final class View extends AbstractMap<String, Object> {
    private final Object container;

    View(Object container) {
      this.container = container;
    }

    @Override
    public Object get(Object key) {
      Object value = key instanceof String name ? field(container, name) : MISSING;
      return value == MISSING ? null : cel(value);
    }

    @Override
    public boolean containsKey(Object key) {
      return key instanceof String name && field(container, name) != MISSING;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      List<Entry<String, Object>> entries =
          names().filter(this::containsKey).map(name -> Map.entry(name, get(name))).toList();
      return new AbstractSet<>() {
        @Override
        public Iterator<Entry<String, Object>> iterator() {
          return entries.iterator();
        }

        @Override
        public int size() {
          return entries.size();
        }
      };
    }

    private java.util.stream.Stream<String> names() {
      if (container instanceof ObjectNode node) {
        return node.propertyStream().map(Entry::getKey);
      }
      return container instanceof Map<?, ?> map
          ? map.keySet().stream().map(String::valueOf)
          : ACCESSORS.get(container.getClass()).keySet().stream();
    }
  }
}
