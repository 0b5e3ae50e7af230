package io.nabz.kpi;

import java.util.function.Consumer;

/**
 * Counts what customers say at the moment of saying it. A fact of this kind comes just once, since
 * the customer's operator knows repeats, so nothing has to be remembered of it.
 */
public final class FeltShares {
  private FeltShares() {}

  /** What is said in a contact counts on the floor with that contact, and is left to it. */
  public static void of(Fact fact, Consumer<Share> to) {
    Tally points = new Tally();
    Points.add(points, fact);
    if (fact.subject == null) {
      Share floor = new Share(fact.timeMs, fact.queue, fact.channel, fact.agentId, fact.topic);
      to.accept(finish(floor, fact, points));
    }
    Share voice = new Share(fact.timeMs, null, null, null, fact.topic);
    voice.isVoice = true;
    voice.touchpoint = fact.touchpoint;
    voice.stage = fact.stage;
    voice.clue = fact.clue;
    to.accept(finish(voice, fact, points));
  }

  private static Share finish(Share share, Fact fact, Tally points) {
    share.tenant = fact.tenant;
    share.byEvent = true;
    return share.addAll(points);
  }
}
