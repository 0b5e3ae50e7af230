package io.nabz.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Whose event it is, by the event alone: the customer id where it is given, otherwise a provisional
 * id of the strongest identifier in it.
 */
public final class CustomerResolver {
  private static final List<IdentifierType> STRONGEST_FIRST = List.of(IdentifierType.values());

  private final IdentifierNormaliser normaliser;

  public CustomerResolver(IdentifierNormaliser normaliser) {
    this.normaliser = requireNonNull(normaliser, "normaliser is null");
  }

  /** The customer of the event, or null when it names none. */
  public CustomerKey resolve(Event event) {
    if (event.subject() != null) {
      Identifier subject = normaliser.normalise(IdentifierType.CUSTOMER_ID, event.subject());
      if (subject != null) {
        return new CustomerKey(event.tenant(), subject.value());
      }
    }
    if (!event.data().path("identifiers").isObject()) {
      return null;
    }
    for (IdentifierType type : STRONGEST_FIRST) {
      String raw = event.identifier(type);
      Identifier identifier = raw == null ? null : normaliser.normalise(type, raw);
      if (identifier != null) {
        String id =
            type == IdentifierType.CUSTOMER_ID
                ? identifier.value()
                : identifier.provisionalCustomerId();
        return new CustomerKey(event.tenant(), id);
      }
    }
    return null;
  }
}
