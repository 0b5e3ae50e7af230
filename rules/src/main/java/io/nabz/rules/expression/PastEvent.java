package io.nabz.rules.expression;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is kept of an event that an earlier step has taken. */
public interface PastEvent {
  String id();

  String type();

  /** When it happened, epoch milliseconds. */
  long timeMs();

  /** Those fields that later expressions speak of, as in the event; null for none. */
  ObjectNode kept();
}
