package io.nabz.model;

/** The Kafka headers of a snapshot; they are for the API, and its value is whole without them. */
public final class SnapshotHeaders {
  /**
   * What rules have under way of the customer, in the packed form of the rule engine; left out when
   * it is nothing. A header, so that it costs no record of its own and is forgotten with the
   * snapshot.
   */
  public static final String UNDER_WAY = "nabz-under-way";

  private SnapshotHeaders() {}
}
