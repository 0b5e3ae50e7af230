package io.nabz.rules.language;

/** What a rule looks across, where it is not about one customer at a time. */
public enum Across {
  /**
   * The events of all customers of the tenant that have the same value in the rule's {@code by}.
   */
  CUSTOMERS("customers"),
  /** The sources of the tenant's events, each on its own: whether it still speaks. */
  SOURCES("sources"),
  /** The queues of the floor, each on its own: its figures against its own past. */
  QUEUES("queues");

  private final String code;

  Across(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** Whether such a rule has a {@code watch} in place of a pattern over events. */
  public boolean isWatched() {
    return this != CUSTOMERS;
  }
}
