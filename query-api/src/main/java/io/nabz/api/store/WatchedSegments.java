package io.nabz.api.store;

import java.util.Map;

/** The saved segments of all tenants, as they are now. */
@FunctionalInterface
public interface WatchedSegments {
  /** By tenant; those without a segment are left out. */
  Map<String, Iterable<WatchedSegment>> byTenant();
}
