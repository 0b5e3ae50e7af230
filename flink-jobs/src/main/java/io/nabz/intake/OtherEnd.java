package io.nabz.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import io.nabz.model.StableHash;

/**
 * A relationship has two ends and its event names one of them as its customer. The other is told by
 * an event of its own, made here and nowhere else, so that one event can never become more than
 * two.
 */
final class OtherEnd {
  /** In {@code data}: the kind is said from the other's point of view. */
  static final String INVERSE = "inverse";

  private static final String ID_SUFFIX = "/other-end";

  private OtherEnd() {}

  /**
   * The same relationship seen from its other end, or null when the event tells of none.
   *
   * @param customer whose event it is
   */
  static OtherEndRecord of(Event event, CustomerKey customer, IdentifierNormaliser normaliser) {
    boolean binds =
        event.type().equals(EventTypes.RELATIONSHIP_LINKED)
            || event.type().equals(EventTypes.RELATIONSHIP_ENDED);
    String named = binds && customer != null ? event.text("customer") : null;
    Identifier other =
        named == null ? null : normaliser.normalise(IdentifierType.CUSTOMER_ID, named);
    if (other == null || other.value().equals(customer.customerId())) {
      return null;
    }
    ObjectNode data = Json.mapper().createObjectNode();
    data.put("customer", customer.customerId());
    if (event.text("kind") != null) {
      data.put("kind", event.text("kind"));
    }
    if (!event.data().path(INVERSE).asBoolean()) {
      data.put(INVERSE, true);
    }
    CustomerKey key = new CustomerKey(event.tenant(), other.value());
    String id = event.id() + ID_SUFFIX;
    OtherEndRecord told = new OtherEndRecord();
    told.customerKey = key.toString();
    told.hash = StableHash.pair(event.source(), id);
    told.bytes =
        new Event(
                event.tenant(),
                event.source(),
                id,
                event.type(),
                event.time(),
                key.customerId(),
                data)
            .toBytes();
    return told;
  }
}
