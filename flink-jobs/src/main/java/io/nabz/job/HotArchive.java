package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.identity.Archive;
import io.nabz.identity.Kept;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;

/**
 * The kept events of the current key; events are added some at a time, without reading the others.
 */
final class HotArchive implements Archive {
  private final HotState hot;
  private final int number;
  private final ListState<Kept> events;

  HotArchive(HotState hot, ListState<Kept> events) {
    this.hot = requireNonNull(hot, "hot is null");
    this.events = requireNonNull(events, "events is null");
    this.number = hot.addState();
  }

  @Override
  public void add(Kept event) {
    Added added = (Added) hot.held(number);
    if (added == null) {
      added = new Added();
      hot.hold(number, added);
    }
    added.events.add(event);
    added.bytes += event.size();
    hot.changed();
  }

  @Override
  public List<Kept> read() throws Exception {
    Added added = (Added) hot.held(number);
    if (added != null) {
      added.write();
    }
    List<Kept> all = new ArrayList<>();
    Iterable<Kept> kept = events.get();
    if (kept != null) {
      kept.forEach(all::add);
    }
    return all;
  }

  /** At once: what is to be forgotten does not wait. */
  @Override
  public void replace(List<Kept> kept) throws Exception {
    hot.hold(number, null);
    if (kept.isEmpty()) {
      events.clear();
    } else {
      events.update(kept);
    }
  }

  /** What has been added and is not in the state yet. */
  private final class Added implements HotState.Copy {
    final List<Kept> events = new ArrayList<>();
    int bytes;

    @Override
    public void write() throws Exception {
      if (!events.isEmpty()) {
        HotArchive.this.events.addAll(events);
        events.clear();
        bytes = 0;
      }
    }

    @Override
    public int heapBytes() {
      return bytes;
    }
  }
}
