package io.nabz.customer;

import io.nabz.customer.state.Matter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Bounded lists of matters: the ones that were touched last are kept. */
final class Matters {
  /** Longer ids and words of events are cut, so that no event can bloat the state. */
  static final int MAX_CHARS = 128;

  private Matters() {}

  /** The matter of that id, or null. */
  static <T extends Matter> T find(List<T> matters, String id) {
    if (matters != null) {
      for (T matter : matters) {
        if (matter.id.equals(id)) {
          return matter;
        }
      }
    }
    return null;
  }

  /** The list itself, made if there is none; a small one, since most customers have few. */
  static <T> List<T> orNew(List<T> list) {
    return list == null ? new ArrayList<>(2) : list;
  }

  /**
   * Notes that the event touches the matter of that id, which is made if it is new. The one whose
   * last moment is oldest makes room, which may be the very one.
   */
  static <T extends Matter> T touch(
      List<T> matters, String rawId, Step step, int max, Supplier<T> maker) {
    String id = Sentiments.cut(rawId, MAX_CHARS);
    long at = step.timeMs();
    T matter = find(matters, id);
    if (matter == null) {
      matter = maker.get();
      matter.id = id;
      matter.baseMs = at;
      matter.firstAtMs = at;
      matter.lastAtMs = at;
      matters.add(matter);
    } else {
      matter.firstAtMs = Math.min(matter.firstAtMs, at);
      matter.lastAtMs = Math.max(matter.lastAtMs, at);
    }
    matters.sort(
        (a, b) ->
            a.lastAtMs != b.lastAtMs ? Long.compare(b.lastAtMs, a.lastAtMs) : a.id.compareTo(b.id));
    if (matters.size() > max) {
      matters.remove(max);
    }
    return matter;
  }

  /** Whether the field's newest word is this event's; notes it if so. */
  static boolean says(Matter matter, int field, int fields, Step step, String known, String said) {
    if (said == null) {
      return false;
    }
    if (matter.saidAt == null) {
      matter.saidAt = Words.none(fields);
    }
    return Words.newer(matter.saidAt, field, matter.baseMs, step.timeMs(), known, said);
  }
}
