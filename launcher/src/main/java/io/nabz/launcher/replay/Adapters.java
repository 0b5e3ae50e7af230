package io.nabz.launcher.replay;

import io.nabz.model.CustomerResolver;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The known formats: declared ones in {@code resources/adapters}, and CloudEvents. */
final class Adapters {
  private static final List<String> DECLARED = List.of("anonbank", "otto", "taobao");

  /** What a mapping may name under {@code shaper}. */
  private static final Map<String, RowShaper> SHAPERS = Map.of("otto-sessions", new OttoSessions());

  private Adapters() {}

  static List<String> names() {
    TreeSet<String> names = new TreeSet<>(DECLARED);
    names.add(CloudEventsAdapter.NAME);
    return List.copyOf(names);
  }

  /** The adapter of that name, or null when there is none. */
  static Adapter find(String name, CustomerResolver resolver) {
    if (name.equals(CloudEventsAdapter.NAME)) {
      return new CloudEventsAdapter(resolver);
    }
    return DECLARED.contains(name) ? declared(name) : null;
  }

  static MappingAdapter declared(String name) {
    return MappingReader.resource(name, SHAPERS);
  }
}
