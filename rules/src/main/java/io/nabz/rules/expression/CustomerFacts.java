package io.nabz.rules.expression;

/**
 * What is known of the customer, asked for part by part, so that a rule that does not ask costs
 * nothing.
 */
public interface CustomerFacts {
  /** Nothing is known. */
  CustomerFacts NONE = name -> null;

  /**
   * A part of the snapshot by its name there, e.g. {@code value}: a record, a map, a JSON tree or a
   * scalar; null when there is none.
   */
  Object facet(String name);

  /** Whose the event is; null when that is not known. */
  default String customerId() {
    return facet("customerId") instanceof String id ? id : null;
  }
}
