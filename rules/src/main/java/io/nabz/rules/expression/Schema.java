package io.nabz.rules.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import io.nabz.model.Snapshot;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types that expressions are checked against: the event, and the records of the snapshot. */
final class Schema implements CelTypeProvider {
  static final String EVENT = "Event";
  static final String CUSTOMER = "Snapshot";

  private final ImmutableMap<String, CelType> types;
  private final ImmutableMap<String, ImmutableMap<String, CelType>> fields;

  private Schema(Building building) {
    types = ImmutableMap.copyOf(building.types);
    fields = ImmutableMap.copyOf(building.fields);
  }

  static Schema create() {
    Building building = new Building();
    ImmutableMap.Builder<String, CelType> event = ImmutableMap.builder();
    for (String text : List.of("id", "source", "type", "subject", "tenant", "customerId")) {
      event.put(text, SimpleType.STRING);
    }
    event.put("time", SimpleType.TIMESTAMP);
    event.put("data", MapType.create(SimpleType.STRING, SimpleType.DYN));
    building.add(EVENT, event.build());
    building.of(Snapshot.class);
    return new Schema(building);
  }

  CelType type(String name) {
    return types.get(name);
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(types.values());
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** The names that may follow the path, or an empty list when anything may. */
  Collection<String> fieldsAt(List<String> path) {
    if (path.isEmpty()) {
      return List.of();
    }
    CelType type = types.get(path.get(0).equals("customer") ? CUSTOMER : EVENT);
    for (String name : path.subList(1, path.size())) {
      Map<String, CelType> known = type == null ? null : fields.get(type.name());
      type = known == null ? null : known.get(name);
    }
    Map<String, CelType> known = type == null ? null : fields.get(type.name());
    return known == null ? List.of() : known.keySet();
  }

  /** The name of an enum's constant on the wire. */
  static String code(Enum<?> constant) {
    try {
      return (String) constant.getDeclaringClass().getMethod("code").invoke(constant);
    } catch (NoSuchMethodException e) {
      return constant.name();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an enum's code cannot be read", e);
    }
  }

  /** Gathers the types, each record once. */
  private static final class Building {
    private final Map<String, CelType> types = new LinkedHashMap<>();
    private final Map<String, ImmutableMap<String, CelType>> fields = new LinkedHashMap<>();

    CelType of(Type type) {
      if (type instanceof ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        return generic.getRawType() == List.class
            ? ListType.create(of(arguments[0]))
            : MapType.create(SimpleType.STRING, of(arguments[1]));
      }
      Class<?> raw = (Class<?>) type;
      if (raw == String.class || raw.isEnum()) {
        return SimpleType.STRING;
      }
      if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) {
        return SimpleType.INT;
      }
      if (raw == double.class || raw == Double.class || raw == BigDecimal.class) {
        return SimpleType.DOUBLE;
      }
      if (raw == boolean.class || raw == Boolean.class) {
        return SimpleType.BOOL;
      }
      if (raw == Instant.class) {
        return SimpleType.TIMESTAMP;
      }
      if (!raw.isRecord()) {
        return SimpleType.DYN;
      }
      String name = raw.getSimpleName();
      if (!types.containsKey(name)) {
        types.put(name, SimpleType.DYN);
        ImmutableMap.Builder<String, CelType> known = ImmutableMap.builder();
        for (RecordComponent component : raw.getRecordComponents()) {
          known.put(component.getName(), of(component.getGenericType()));
        }
        add(name, known.build());
      }
      return StructTypeReference.create(name);
    }

    void add(String name, ImmutableMap<String, CelType> known) {
      fields.put(name, known);
      types.put(
          name,
          StructType.create(name, known.keySet(), field -> Optional.ofNullable(known.get(field))));
    }
  }
}
