package io.nabz.customer;

import io.nabz.customer.state.JourneyStep;
import io.nabz.customer.state.SourceClock;
import io.nabz.model.Event;
import java.util.List;
import java.util.Map;

/** The run of touchpoints and the freshness of the feeds that told of them. */
final class Journeys {
  /** Touchpoints that the state keeps for the snapshot; the timeline has them all. */
  static final int MAX_STEPS = 5;

  private static final int MAX_SOURCES = 8;
  private static final int MAX_SOURCE_CHARS = 256;
  private static final int MAX_TEXT_CHARS = 160;
  private static final int MAX_NAME_CHARS = 80;

  private Journeys() {}

  static void apply(Step step) {
    JourneyStep touchpoint = of(step);
    step.changes().touchpoint(touchpoint);
    List<JourneyStep> journey = step.state().journey;
    int place = 0;
    while (place < journey.size() && isBefore(step, journey.get(place))) {
      place++;
    }
    if (place < MAX_STEPS) {
      journey.add(place, touchpoint);
      if (journey.size() > MAX_STEPS) {
        journey.remove(MAX_STEPS);
      }
    }
    freshen(step);
  }

  private static boolean isBefore(Step step, JourneyStep other) {
    if (step.timeMs() != other.timeMs) {
      return step.timeMs() < other.timeMs;
    }
    return step.event().id().compareTo(other.eventId) < 0;
  }

  private static JourneyStep of(Step step) {
    Event event = step.event();
    JourneyStep touchpoint = new JourneyStep();
    touchpoint.eventId = event.id();
    touchpoint.type = event.type();
    touchpoint.timeMs = step.timeMs();
    touchpoint.channel = step.word("channel");
    touchpoint.contactId = step.word("contactId");
    touchpoint.queue = step.word("queue");
    touchpoint.agentId = step.word("agentId");
    touchpoint.topic = step.word("topic");
    if (touchpoint.topic == null) {
      touchpoint.topic = step.feeling().topic();
    }
    touchpoint.text = Sentiments.cut(Sentiments.text(event), MAX_TEXT_CHARS);
    touchpoint.sentiment = step.feeling().score();
    touchpoint.orderId = step.word("orderId");
    touchpoint.cartId = step.word("cartId");
    touchpoint.caseId = step.word("caseId");
    touchpoint.name = Sentiments.cut(name(event), MAX_NAME_CHARS);
    touchpoint.amount =
        Decimals.textOrNull(
            event.data().has("total") ? event.data().get("total") : event.data().get("price"));
    touchpoint.currency = step.word("currency");
    return touchpoint;
  }

  /** What the touchpoint was about, in the event's own words. */
  private static String name(Event event) {
    for (String field : new String[] {"name", "title", "task", "query", "code", "reason"}) {
      String text = event.text(field);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static void freshen(Step step) {
    Map<String, SourceClock> sources = step.state().sources;
    String source = Sentiments.cut(step.event().source(), MAX_SOURCE_CHARS);
    SourceClock clock = sources.get(source);
    if (clock == null) {
      if (sources.size() >= MAX_SOURCES && !makeRoom(sources, source, step.timeMs())) {
        return;
      }
      clock = new SourceClock();
      clock.lastEventAtMs = Long.MIN_VALUE;
      sources.put(source, clock);
    }
    if (step.timeMs() >= clock.lastEventAtMs) {
      clock.lastEventAtMs = step.timeMs();
      clock.lagMs = Math.max(0, step.receivedAtMs() - step.timeMs());
    }
  }

  /** Those heard of last are kept, whatever the order: the one heard of longest ago gives way. */
  private static boolean makeRoom(Map<String, SourceClock> sources, String source, long atMs) {
    String oldest = null;
    for (Map.Entry<String, SourceClock> entry : sources.entrySet()) {
      if (oldest == null
          || isOlder(entry.getKey(), entry.getValue().lastEventAtMs, oldest, sources)) {
        oldest = entry.getKey();
      }
    }
    if (isOlder(source, atMs, oldest, sources)) {
      return false;
    }
    sources.remove(oldest);
    return true;
  }

  private static boolean isOlder(
      String source, long atMs, String than, Map<String, SourceClock> sources) {
    long thanMs = sources.get(than).lastEventAtMs;
    return atMs != thanMs ? atMs < thanMs : source.compareTo(than) > 0;
  }
}
