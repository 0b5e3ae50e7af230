package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;

/**
 * One event on its way through the transitions of one customer.
 *
 * @param timeMs when it happened
 * @param receivedAtMs when the broker had it
 * @param feeling what it says of how the customer feels
 */
record Step(
    CustomerKey key,
    CustomerState state,
    Event event,
    long timeMs,
    long receivedAtMs,
    Feeling feeling,
    Changes changes) {

  EvidenceRecord evidence(String as) {
    return new EvidenceRecord(as, event.id(), event.type(), timeMs);
  }

  /** A short text of the event's data, cut if need be, or null. */
  String word(String field) {
    return Sentiments.cut(event.text(field), Matters.MAX_CHARS);
  }
}
