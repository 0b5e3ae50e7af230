package io.nabz.model;

/** The event types of the catalogue that the code speaks of by name. */
public final class EventTypes {
  public static final String CONTACT_INITIATED = "contact.initiated";
  public static final String CONTACT_QUEUED = "contact.queued";
  public static final String CONTACT_CONNECTED = "contact.connected";
  public static final String CONTACT_TRANSFERRED = "contact.transferred";
  public static final String CONTACT_ENDED = "contact.ended";
  public static final String CONTACT_ABANDONED = "contact.abandoned";
  public static final String MESSAGE_RECEIVED = "message.received";
  public static final String MESSAGE_SENT = "message.sent";
  public static final String CART_ITEM_ADDED = "cart.item_added";
  public static final String CART_ITEM_REMOVED = "cart.item_removed";
  public static final String CHECKOUT_STARTED = "checkout.started";
  public static final String PAYMENT_FAILED = "payment.failed";
  public static final String ORDER_PLACED = "order.placed";
  public static final String PROFILE_UPDATED = "profile.updated";
  public static final String AGENT_STATE_CHANGED = "agent.state_changed";
  public static final String SOURCE_HEARTBEAT = "source.heartbeat";

  private EventTypes() {}

  /** Whether events of the type are about an agent or a feed and so name no customer. */
  public static boolean isCustomerless(String type) {
    return type.startsWith("agent.") || type.startsWith("source.");
  }
}
