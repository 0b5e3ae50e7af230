package io.nabz.launcher.replay;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One replay of one recording, from its first line to the last event. */
final class Replay {
  /**
   * @param speed times the recording's own clock; 0 for as fast as possible
   * @param limit most events to send
   */
  record Options(double speed, boolean asLive, long limit) {
    Options {
      if (speed < 0 || Double.isNaN(speed) || Double.isInfinite(speed)) {
        throw new IllegalArgumentException("speed must be a positive number");
      }
      if (limit < 0) {
        throw new IllegalArgumentException("limit must not be negative");
      }
    }
  }

  private final Adapter adapter;
  private final Options options;
  private final Summary summary = new Summary();
  private final Progress progress;
  private final Pacer pacer;
  private final CustomerResolver resolver;

  Replay(
      Adapter adapter, Options options, Progress progress, Pacer pacer, CustomerResolver resolver) {
    this.adapter = requireNonNull(adapter, "adapter is null");
    this.options = requireNonNull(options, "options is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.pacer = requireNonNull(pacer, "pacer is null");
    this.resolver = requireNonNull(resolver, "resolver is null");
  }

  /** Complete as far as the replay came, also after an exception of {@link #run}. */
  Summary summary() {
    return summary;
  }

  void run(Recording recording, EventSink sink) throws IOException {
    Outlet outlet = new Outlet(sink, pacer, summary, options.speed(), options.limit());
    try {
      if (options.asLive() || adapter.ordering().kind() == Ordering.Kind.ANY) {
        sorted(recording, outlet);
      } else {
        streamed(recording, outlet);
      }
      sink.flush();
    } catch (IOException e) {
      // What was read before the file broke off is good.
      sink.flush();
      throw e;
    } finally {
      progress.end();
    }
  }

  private void streamed(Recording recording, Outlet outlet) throws IOException {
    boolean[] open = {true};
    Consumer<Event> out =
        event -> {
          open[0] = open[0] && outlet.accept(event);
          progress.show("sent", summary.sent(), done(recording), pacer.now());
        };
    if (adapter.ordering().kind() == Ordering.Kind.AS_WRITTEN) {
      read(recording, out, () -> open[0]);
      return;
    }
    LookAhead lookAhead = new LookAhead(adapter.ordering().bound(), out);
    try {
      read(recording, lookAhead, () -> open[0]);
    } finally {
      lookAhead.drain();
    }
  }

  private void sorted(Recording recording, Outlet outlet) throws IOException {
    try (EventSorter sorter =
        new EventSorter(new EventDecoder(resolver), EventSorter.EVENTS_IN_MEMORY)) {
      try {
        read(
            recording,
            event -> {
              sorter.accept(event);
              progress.show("read", sorter.count(), done(recording), pacer.now());
            },
            () -> true);
      } finally {
        sendSorted(sorter, outlet);
      }
    }
  }

  private void sendSorted(EventSorter sorter, Outlet outlet) {
    long wanted = Math.min(sorter.count(), options.limit());
    if (options.asLive() && wanted > 0) {
      Instant[] span = new Instant[2];
      long[] seen = {0};
      sorter.forEachWhile(
          event -> {
            span[0] = span[0] == null ? event.time() : span[0];
            span[1] = event.time();
            return ++seen[0] < wanted;
          });
      outlet.shiftToLive(span[0], span[1]);
    }
    progress.phase(pacer.now(), 0);
    Predicate<Event> send =
        event -> {
          progress.show("sent", summary.sent(), (double) summary.sent() / wanted, pacer.now());
          return outlet.accept(event);
        };
    sorter.forEachWhile(send);
  }

  private void read(
      Recording recording, Consumer<Event> out, java.util.function.BooleanSupplier open)
      throws IOException {
    Translator translator = adapter.open();
    while (open.getAsBoolean()) {
      String line = recording.nextLine();
      if (line == null) {
        return;
      }
      Translation translation =
          recording.tooLong()
              ? Translation.refused("the line is longer than 4 MiB")
              : translator.translate(line);
      summary.read(translation, recording.lineNumber());
      translation.events().forEach(out);
    }
  }

  private static double done(Recording recording) {
    return recording.totalBytes() <= 0
        ? -1
        : (double) recording.bytesRead() / recording.totalBytes();
  }
}
