package io.nabz.rules.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.rules.expression.PastEvent;

/**
 * What a match keeps of an event.
 *
 * @param seq order of arrival within the customer and rule
 * @param hash of source and id
 * @param kept fields that later expressions speak of, or null
 */
record Seen(int seq, String id, String type, long timeMs, long hash, ObjectNode kept)
    implements PastEvent {}
