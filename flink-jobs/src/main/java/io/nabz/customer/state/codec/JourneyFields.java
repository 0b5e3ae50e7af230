package io.nabz.customer.state.codec;

import io.nabz.customer.state.JourneyStep;
import io.nabz.customer.state.SourceClock;

/** The fields of touchpoints and of the feeds that told of them. */
final class JourneyFields {
  private JourneyFields() {}

  static void write(FieldWriter out, JourneyStep step) {
    out.base(1, step.timeMs);
    out.text(2, step.eventId);
    out.text(3, step.type);
    out.text(4, step.channel);
    out.text(5, step.contactId);
    out.real(6, step.sentiment, Double.NaN);
    out.text(7, step.text);
    out.text(8, step.queue);
    out.text(9, step.agentId);
    out.text(10, step.topic);
    out.text(11, step.name);
    out.text(12, step.amount);
    out.text(13, step.currency);
    out.text(14, step.orderId);
    out.text(15, step.cartId);
    out.text(16, step.caseId);
  }

  static JourneyStep read(FieldReader in) {
    JourneyStep step = new JourneyStep();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> step.timeMs = in.base();
        case 2 -> step.eventId = in.text();
        case 3 -> step.type = in.text();
        case 4 -> step.channel = in.text();
        case 5 -> step.contactId = in.text();
        case 6 -> step.sentiment = in.real();
        case 7 -> step.text = in.text();
        case 8 -> step.queue = in.text();
        case 9 -> step.agentId = in.text();
        case 10 -> step.topic = in.text();
        case 11 -> step.name = in.text();
        case 12 -> step.amount = in.text();
        case 13 -> step.currency = in.text();
        case 14 -> step.orderId = in.text();
        case 15 -> step.cartId = in.text();
        case 16 -> step.caseId = in.text();
        default -> in.skip();
      }
    }
    return step;
  }

  static void writeClock(FieldWriter out, SourceClock clock) {
    out.time(1, clock.lastEventAtMs);
    out.number(2, clock.lagMs);
  }

  static SourceClock readClock(FieldReader in) {
    SourceClock clock = new SourceClock();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> clock.lastEventAtMs = in.time();
        case 2 -> clock.lagMs = in.number();
        default -> in.skip();
      }
    }
    return clock;
  }
}
