package io.nabz.launcher.asterisk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What later lines of a call do not say again: whose it is. Of a log that has lost the ends of
 * calls the oldest are let go.
 */
final class Calls {
  static final int MAX = 10_000;

  /**
   * A call that is going on.
   *
   * @param phone E.164; null when it is withheld or an inner number
   * @param last the time given to its newest event
   */
  record Call(String id, String phone, Instant last) {}

  private final Map<String, Call> open = new LinkedHashMap<>();

  Calls(List<Call> known) {
    known.forEach(this::put);
  }

  Call get(String id) {
    return id == null ? null : open.get(id);
  }

  void put(Call call) {
    open.remove(call.id());
    open.put(call.id(), call);
    if (open.size() > MAX) {
      open.remove(open.keySet().iterator().next());
    }
  }

  void end(String id) {
    open.remove(id);
  }

  List<Call> all() {
    return new ArrayList<>(open.values());
  }
}
