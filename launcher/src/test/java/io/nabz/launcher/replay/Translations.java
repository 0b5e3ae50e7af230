package io.nabz.launcher.replay;

import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.IdentifierNormaliser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs whole replays in memory, at a clock that never waits. */
final class Translations {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final CustomerResolver RESOLVER = new CustomerResolver(new IdentifierNormaliser("IR"));
  static final Replay.Options AT_ONCE = new Replay.Options(0, false, Long.MAX_VALUE);

  private Translations() {}

  /** Keeps what it is sent. */
  static final class Kept implements EventSink {
    final List<Event> events = new ArrayList<>();

    @Override
    public void send(Event event) {
      events.add(event);
    }

    @Override
    public void flush() {
      // There is nothing to wait for.
    }

    @Override
    public void close() {
      // There is nothing to free.
    }
  }

  /** A wall clock that jumps to whatever moment is waited for. */
  static final class JumpingPacer implements Pacer {
    Instant now = NOW;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void awaitUntil(Instant moment) {
      now = moment.isAfter(now) ? moment : now;
    }
  }

  record Outcome(List<Event> events, Summary summary) {
    List<Event> ofType(String type) {
      return events.stream().filter(event -> event.type().equals(type)).toList();
    }
  }

  static Outcome replay(String format, String text) {
    return replay(format, text, AT_ONCE);
  }

  static Outcome replay(String format, String text, Replay.Options options) {
    try (Recording recording =
        new Recording(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), -1)) {
      return replay(Adapters.find(format, RESOLVER), recording, options);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Outcome replay(Adapter adapter, Recording recording, Replay.Options options)
      throws IOException {
    Kept kept = new Kept();
    Pacer pacer = new JumpingPacer();
    Progress progress = new Progress(System.err, false, pacer.now());
    Replay replay = new Replay(adapter, options, progress, pacer, RESOLVER);
    replay.run(recording, kept);
    return new Outcome(kept.events, replay.summary());
  }
}
