package io.nabz.api.audiences;

import static java.util.Objects.requireNonNull;

import io.nabz.api.store.WatchedSegment;
import io.nabz.api.store.WatchedSegments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The saved segments ready to be asked of customers; made anew only when one has changed. */
public final class SegmentWatch implements WatchedSegments {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWatch.class);

  private final Segments segments;
  private long madeOf = -1;
  private Map<String, Iterable<WatchedSegment>> made = Map.of();

  public SegmentWatch(Segments segments) {
    this.segments = requireNonNull(segments, "segments is null");
  }

  @Override
  public synchronized Map<String, Iterable<WatchedSegment>> byTenant() {
    long changes = segments.changes();
    if (changes != madeOf) {
      try {
        made = make();
      } catch (RuntimeException e) {
        // The views go on with the segments of before rather than stand still.
        LOG.error("the saved segments cannot be read", e);
      }
      madeOf = changes;
    }
    return made;
  }

  private Map<String, Iterable<WatchedSegment>> make() {
    Map<String, List<WatchedSegment>> tests = new HashMap<>();
    for (SavedSegment segment : segments.everywhere()) {
      try {
        tests
            .computeIfAbsent(segment.tenant(), tenant -> new ArrayList<>())
            .add(segments.test(segment));
      } catch (IllegalArgumentException e) {
        LOG.warn("the segment {} of {} asks for what is not known", segment.id(), segment.tenant());
      }
    }
    return Map.copyOf(tests);
  }
}
