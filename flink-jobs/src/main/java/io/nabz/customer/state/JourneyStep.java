package io.nabz.customer.state;

/** One touchpoint of the customer's way; what an event does not have is null. */
public class JourneyStep {
  public String eventId;
  public String type;
  public long timeMs;
  public String channel;
  public String contactId;
  public String queue;
  public String agentId;
  public String topic;
  public String text;

  /** NaN when the event carries none. */
  public double sentiment = Double.NaN;

  public String orderId;
  public String cartId;
  public String caseId;
  public String name;
  public String amount;
  public String currency;
}
