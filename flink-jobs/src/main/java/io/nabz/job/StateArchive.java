package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.identity.Archive;
import io.nabz.identity.Kept;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;

/** The kept events of the current key; an event is added without reading the others. */
final class StateArchive implements Archive {
  private final ListState<Kept> events;

  StateArchive(ListState<Kept> events) {
    this.events = requireNonNull(events, "events is null");
  }

  @Override
  public void add(Kept event) throws Exception {
    events.add(event);
  }

  @Override
  public List<Kept> read() throws Exception {
    List<Kept> all = new ArrayList<>();
    Iterable<Kept> kept = events.get();
    if (kept != null) {
      kept.forEach(all::add);
    }
    return all;
  }

  @Override
  public void replace(List<Kept> kept) throws Exception {
    if (kept.isEmpty()) {
      events.clear();
    } else {
      events.update(kept);
    }
  }
}
