package io.nabz.model;

/** The Kafka headers of a dead letter; its value is the original bytes, untouched. */
public final class DeadLetterHeaders {
  /** {@link Refusal.Reason#code()}. */
  public static final String REASON = "nabz-reason";

  /** {@link Refusal#detail()}: one English sentence. */
  public static final String DETAIL = "nabz-detail";

  /** {@code topic/partition/offset} of the record that was refused. */
  public static final String ORIGIN = "nabz-origin";

  private DeadLetterHeaders() {}
}
