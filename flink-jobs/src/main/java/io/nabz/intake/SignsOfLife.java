package io.nabz.intake;

import io.nabz.rules.engine.CrowdKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells of each source once for every ten seconds of event time in which something came from it:
 * nearly all events cost a look into two maps. What it remembers is only to save words; to say one
 * twice, as after a restart, changes nothing.
 */
final class SignsOfLife {
  static final long EVERY_MS = 10_000;

  /** Of a tenant; a sender that makes up a source for each event is not followed beyond these. */
  static final int MAX_SOURCES = 500;

  private static final int MAX_TENANTS = 1_000;

  /** What we send ourselves, of segments or erasures, is no feed. */
  private static final String OURS = "/nabz/";

  /** Partitions that are read in turns may be that many different moments apart. */
  private static final int CURSORS = 8;

  private static final long RESTED_MS = 3_600_000;

  private static final class Source {
    final long[] told = new long[CURSORS];
    int next;
    long newestMs = Long.MIN_VALUE;

    Source() {
      Arrays.fill(told, Long.MIN_VALUE);
    }
  }

  private static final class Sources {
    final Map<String, Source> byName = new HashMap<>();
    long lookedMs = Long.MIN_VALUE;
  }

  private final Map<String, Sources> tenants = new HashMap<>();
  private long passedOver;

  /** Events of sources that are too many to be watched. */
  long passedOver() {
    return passedOver;
  }

  /** The sign to send on for an event at that moment, or null if there is nothing new in it. */
  SourceSign of(String tenant, String name, long atMs) {
    // Up to the end of the ten seconds: a silence is never told too early.
    long untilMs = Math.floorDiv(atMs, EVERY_MS) * EVERY_MS + EVERY_MS;
    Source source = source(tenant, name, untilMs);
    if (source == null) {
      return null;
    }
    for (long told : source.told) {
      if (told == untilMs) {
        return null;
      }
    }
    source.told[source.next] = untilMs;
    source.next = (source.next + 1) % CURSORS;
    source.newestMs = Math.max(source.newestMs, untilMs);
    return new SourceSign(CrowdKey.ofSource(tenant, name).toString(), untilMs);
  }

  private Source source(String tenant, String name, long untilMs) {
    Sources sources = tenants.get(tenant);
    if (sources == null) {
      if (tenants.size() >= MAX_TENANTS) {
        tenants.clear();
      }
      sources = new Sources();
      tenants.put(tenant, sources);
    }
    Source known = sources.byName.get(name);
    if (known != null) {
      return known;
    }
    if (name.startsWith(OURS)) {
      return null;
    }
    if (sources.byName.size() >= MAX_SOURCES && !makeRoom(sources, untilMs)) {
      passedOver++;
      return null;
    }
    Source source = new Source();
    sources.byName.put(name, source);
    return source;
  }

  /** Lets those go that have long said nothing; looked for once in ten seconds at most. */
  private static boolean makeRoom(Sources sources, long untilMs) {
    if (untilMs > sources.lookedMs) {
      sources.lookedMs = untilMs;
      sources.byName.values().removeIf(source -> source.newestMs < untilMs - RESTED_MS);
    }
    return sources.byName.size() < MAX_SOURCES;
  }
}
