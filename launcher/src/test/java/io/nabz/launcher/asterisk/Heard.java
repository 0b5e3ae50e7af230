package io.nabz.launcher.asterisk;

import io.nabz.launcher.replay.EventSink;
import io.nabz.model.Event;
import java.util.ArrayList;
import java.util.List;

/** A sink that a test can look into, and that can fail as a broker does. */
final class Heard implements EventSink {
  private final List<Event> events = new ArrayList<>();
  private boolean away;

  List<Event> events() {
    return events;
  }

  List<String> types() {
    return events.stream().map(Event::type).toList();
  }

  /** The contacts that began, in their order. */
  List<String> begun() {
    return events.stream()
        .filter(event -> event.type().equals("contact.initiated"))
        .map(event -> event.text("contactId"))
        .toList();
  }

  void goAway(boolean gone) {
    away = gone;
  }

  @Override
  public void send(Event event) {
    events.add(event);
  }

  @Override
  public void flush() {
    if (away) {
      throw new SinkFailed("the broker is away", new IllegalStateException());
    }
  }

  @Override
  public void close() {}
}
