package io.nabz.customer.state.codec;

import io.nabz.customer.state.CustomerState;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Customers whose every field holds something, found by reflection, so that none is left out. */
final class States {
  static final long NOON = 1_795_348_800_000L;

  private static final long[] LONGS = {
    0,
    1,
    -1,
    63,
    -64,
    64,
    8_191,
    NOON,
    NOON + 1,
    NOON - 86_400_000,
    -NOON,
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    Long.MAX_VALUE,
    Long.MAX_VALUE - 1,
    1L << 62,
    Integer.MIN_VALUE
  };

  private static final int[] INTS = {
    0,
    1,
    -1,
    63,
    -64,
    127,
    128,
    100_000,
    Integer.MIN_VALUE,
    Integer.MIN_VALUE + 1,
    Integer.MAX_VALUE
  };

  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1,
    -1,
    0.1,
    -0.25,
    0.123,
    0.1234,
    1e12,
    1e300,
    Math.PI,
    Double.MIN_VALUE,
    Double.NaN,
    Double.longBitsToDouble(0x7ff8_0000_0000_1234L),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -9.223372036854775808E15,
    1.125899906842624E12
  };

  private static final String[] STRINGS = {
    "",
    "a",
    "page.viewed",
    "REPEAT_CALLER",
    "سفارش من کجاست؟",
    "déjà vu",
    "ÿ",
    "Ā",
    "👍🏽",
    "cut \uD83D",
    "\uDC4D cut",
    "\uDC4D\uD83D",
    "\0",
    "0123456789abcdef",
    "0123456789abcde",
    "0123456789ABCDEF",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "3F2504E0-4f89-11d3-9a0c-0305e82c3301",
    "3f2504e0-4f89-11d3-9a0c+0305e82c3301",
    "3f2504e004f89-11d3-9a0c-0305e82c3301",
    "3f2504e0-4f89011d309a0c00305e82c3301",
    "x".repeat(127),
    "ن".repeat(5_000),
    "00000000",
    "0000-000"
  };

  /** The classes met, to tell whether any was missed. */
  final List<Class<?>> classes = new ArrayList<>();

  private final Random random;

  States(long seed) {
    this.random = new Random(seed);
  }

  /** A customer with anything in any field, null where there can be null. */
  CustomerState random() throws ReflectiveOperationException {
    return (CustomerState) any(CustomerState.class, true);
  }

  private Object any(Type type, boolean required) throws ReflectiveOperationException {
    Class<?> raw = raw(type);
    if (raw.isPrimitive()) {
      return anyOf(raw);
    }
    if (!required && random.nextInt(6) == 0) {
      return null;
    }
    if (raw == String.class) {
      return random.nextInt(4) == 0
          ? "id-" + random.nextInt(50)
          : STRINGS[random.nextInt(STRINGS.length)];
    }
    if (raw == Long.class) {
      return LONGS[random.nextInt(LONGS.length)];
    }
    if (raw.isArray()) {
      Object array = Array.newInstance(raw.getComponentType(), size());
      for (int i = 0; i < Array.getLength(array); i++) {
        Array.set(array, i, anyOf(raw.getComponentType()));
      }
      return array;
    }
    if (raw == List.class) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(any(parameter(type, 0), true));
      }
      return list;
    }
    if (raw == Map.class) {
      Map<Object, Object> map = new HashMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        map.put(any(parameter(type, 0), true), any(parameter(type, 1), true));
      }
      return map;
    }
    Object object = raw.getConstructor().newInstance();
    for (Field field : fields(raw)) {
      if (random.nextInt(4) > 0) {
        field.set(object, any(field.getGenericType(), false));
      }
    }
    return object;
  }

  private Object anyOf(Class<?> primitive) {
    if (primitive == long.class) {
      int kind = random.nextInt(3);
      return kind == 0
          ? LONGS[random.nextInt(LONGS.length)]
          : kind == 1 ? random.nextLong() : NOON + random.nextInt(1_000_000);
    }
    if (primitive == int.class) {
      return random.nextBoolean() ? INTS[random.nextInt(INTS.length)] : random.nextInt();
    }
    if (primitive == double.class) {
      return random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian();
    }
    if (primitive == boolean.class) {
      return random.nextBoolean();
    }
    if (primitive == char.class) {
      return (char) random.nextInt(Character.MAX_VALUE + 1);
    }
    if (primitive == byte.class) {
      return (byte) random.nextInt();
    }
    throw unknown(primitive);
  }

  private int size() {
    int kind = random.nextInt(8);
    return kind == 0 ? 512 : kind == 1 ? 256 : random.nextInt(5);
  }

  /** A customer with one element in each list and map, all of them as new. */
  CustomerState full() throws ReflectiveOperationException {
    return (CustomerState) full(CustomerState.class);
  }

  private Object full(Class<?> type) throws ReflectiveOperationException {
    if (!classes.contains(type)) {
      classes.add(type);
    }
    Object object = type.getConstructor().newInstance();
    for (Field field : fields(type)) {
      Class<?> raw = field.getType();
      if (raw == List.class && isRecord(raw(parameter(field.getGenericType(), 0)))) {
        List<Object> list = new ArrayList<>();
        list.add(full(raw(parameter(field.getGenericType(), 0))));
        field.set(object, list);
      } else if (raw == Map.class && isRecord(raw(parameter(field.getGenericType(), 1)))) {
        Map<Object, Object> map = new HashMap<>();
        map.put("key", full(raw(parameter(field.getGenericType(), 1))));
        field.set(object, map);
      } else if (isRecord(raw)) {
        field.set(object, full(raw));
      }
    }
    return object;
  }

  /** What a field of that type may hold, for a test of that field alone. */
  static List<Object> values(Type type) {
    Class<?> raw = raw(type);
    List<Object> values = new ArrayList<>();
    if (raw == long.class || raw == int.class || raw == double.class || raw == String.class) {
      Object all =
          raw == long.class
              ? LONGS
              : raw == int.class ? INTS : raw == double.class ? DOUBLES : STRINGS;
      for (int i = 0; i < Array.getLength(all); i++) {
        values.add(Array.get(all, i));
      }
    } else if (raw == boolean.class) {
      values.addAll(List.of(true, false));
    } else if (raw == char.class) {
      values.addAll(List.of('\0', 'a', 'ن', '\uFFFF'));
    } else if (raw == byte[].class) {
      values.addAll(List.of(new byte[0], new byte[] {0, -1}, new byte[300]));
    } else if (raw == long[].class) {
      values.addAll(List.of(new long[0], LONGS, new long[512], new long[] {0, 5, 0, 0}));
    } else if (raw == int[].class) {
      values.addAll(List.of(new int[0], INTS, new int[512]));
    } else if (raw == double[].class) {
      values.addAll(List.of(new double[0], DOUBLES));
    } else if (raw == List.class) {
      values.add(new ArrayList<>());
      if (parameter(type, 0) == String.class) {
        values.add(List.of(STRINGS));
      }
    } else if (raw == Map.class) {
      values.add(new HashMap<>());
      if (parameter(type, 1) == String.class) {
        values.add(Map.of("a", "", "", "b"));
      } else if (parameter(type, 1) == Long.class) {
        values.add(Map.of("a", Long.MIN_VALUE, "b", NOON, "page.viewed", Long.MAX_VALUE));
      }
    } else if (!isRecord(raw)) {
      throw unknown(raw);
    }
    if (!raw.isPrimitive()) {
      values.add(null);
    }
    return values;
  }

  /** All that is in it as lists and maps, numbers by their bits, so that equals tells all. */
  static Object content(Object value) throws ReflectiveOperationException {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Double real) {
      return "bits " + Double.doubleToRawLongBits(real);
    }
    if (value instanceof Number || value instanceof Character) {
      return value;
    }
    if (value.getClass().isArray()) {
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        all.add(content(Array.get(value, i)));
      }
      return all;
    }
    if (value instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      for (Object element : list) {
        all.add(content(element));
      }
      return all;
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        all.put(entry.getKey(), content(entry.getValue()));
      }
      return all;
    }
    for (Field field : fields(value.getClass())) {
      all.put(field.getName(), content(field.get(value)));
    }
    return all;
  }

  /** The fields that are state. */
  static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Field field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
        fields.add(field);
      }
    }
    return fields;
  }

  static boolean isRecord(Class<?> type) {
    return type.getPackage() != null && type.getPackage().equals(CustomerState.class.getPackage());
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType full ? (Class<?>) full.getRawType() : (Class<?>) type;
  }

  private static Type parameter(Type type, int place) {
    return ((ParameterizedType) type).getActualTypeArguments()[place];
  }

  private static AssertionError unknown(Class<?> type) {
    return new AssertionError("no values of " + type + " are known here: add some");
  }
}
