package io.nabz.launcher.replay;

import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sorts a recording of any size by event time: sorted runs go to temporary files when they are
 * large, and are merged while reading. Events of one time keep the order in which they came.
 */
final class EventSorter implements Consumer<Event>, AutoCloseable {
  static final int EVENTS_IN_MEMORY = 100_000;
  private static final Comparator<Event> BY_TIME = Comparator.comparing(Event::time);
  private static final Instant ANY_TIME = Instant.parse("9999-01-01T00:00:00Z");

  private final EventDecoder decoder;
  private final int eventsInMemory;
  private final List<Path> runs = new ArrayList<>();
  private List<Event> current = new ArrayList<>();
  private long count;

  EventSorter(EventDecoder decoder, int eventsInMemory) {
    this.decoder = decoder;
    this.eventsInMemory = eventsInMemory;
  }

  @Override
  public void accept(Event event) {
    if (current.size() == eventsInMemory) {
      spill();
    }
    current.add(event);
    count++;
  }

  long count() {
    return count;
  }

  /** Passes the events on in order, until the test says no; may be called more than once. */
  void forEachWhile(Predicate<Event> next) {
    current.sort(BY_TIME);
    List<Run> open = new ArrayList<>();
    try {
      for (int i = 0; i < runs.size(); i++) {
        open.add(new Run(i, new FileRun(runs.get(i))));
      }
      open.add(new Run(runs.size(), current.iterator()));
      merge(open, next);
    } finally {
      open.forEach(Run::close);
    }
  }

  private static void merge(List<Run> open, Predicate<Event> next) {
    PriorityQueue<Run> heads =
        new PriorityQueue<>(
            Comparator.comparing((Run run) -> run.head.time()).thenComparingInt(run -> run.number));
    for (Run run : open) {
      if (run.advance()) {
        heads.add(run);
      }
    }
    while (!heads.isEmpty()) {
      Run first = heads.poll();
      if (!next.test(first.head)) {
        return;
      }
      if (first.advance()) {
        heads.add(first);
      }
    }
  }

  private void spill() {
    current.sort(BY_TIME);
    try {
      // Created readable by its owner alone: recordings hold personal data.
      Path file = Files.createTempFile("nabz-replay-", ".ndjson");
      runs.add(file);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
        for (Event event : current) {
          out.write(event.toBytes());
          out.write('\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the sort file; make room in " + System.getProperty("java.io.tmpdir"), e);
    }
    current = new ArrayList<>();
  }

  @Override
  public void close() {
    for (Path run : runs) {
      try {
        Files.deleteIfExists(run);
      } catch (IOException e) {
        run.toFile().deleteOnExit();
      }
    }
  }

  private static final class Run {
    final int number;
    final Iterator<Event> events;
    Event head;

    Run(int number, Iterator<Event> events) {
      this.number = number;
      this.events = events;
    }

    boolean advance() {
      head = events.hasNext() ? events.next() : null;
      return head != null;
    }

    void close() {
      if (events instanceof FileRun file) {
        file.close();
      }
    }
  }

  private final class FileRun implements Iterator<Event> {
    private final BufferedReader reader;
    private String line;

    FileRun(Path file) {
      try {
        reader = Files.newBufferedReader(file);
        line = reader.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the sort file back", e);
      }
    }

    @Override
    public boolean hasNext() {
      return line != null;
    }

    @Override
    public Event next() {
      Event event = decoder.decode(line.getBytes(StandardCharsets.UTF_8), ANY_TIME).event();
      try {
        line = reader.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the sort file back", e);
      }
      return event;
    }

    void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close the sort file", e);
      }
    }
  }
}
