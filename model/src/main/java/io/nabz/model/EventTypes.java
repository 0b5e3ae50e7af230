package io.nabz.model;

import java.util.Set;

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
  public static final String CALLBACK_REQUESTED = "callback.requested";
  public static final String CALLBACK_COMPLETED = "callback.completed";
  public static final String SELFSERVICE_STARTED = "selfservice.started";
  public static final String SELFSERVICE_SUCCEEDED = "selfservice.succeeded";
  public static final String SELFSERVICE_FAILED = "selfservice.failed";
  public static final String PAGE_VIEWED = "page.viewed";
  public static final String SCREEN_VIEWED = "screen.viewed";
  public static final String SEARCH_PERFORMED = "search.performed";
  public static final String ERROR_SHOWN = "error.shown";
  public static final String ORDER_SHIPPED = "order.shipped";
  public static final String ORDER_DELAYED = "order.delayed";
  public static final String ORDER_DELIVERED = "order.delivered";
  public static final String ORDER_CANCELLED = "order.cancelled";
  public static final String ORDER_RETURNED = "order.returned";
  public static final String CASE_OPENED = "case.opened";
  public static final String CASE_UPDATED = "case.updated";
  public static final String CASE_RESOLVED = "case.resolved";
  public static final String CASE_REOPENED = "case.reopened";
  public static final String SURVEY_ANSWERED = "survey.answered";
  public static final String REVIEW_POSTED = "review.posted";
  public static final String SOCIAL_POSTED = "social.posted";
  public static final String CAMPAIGN_SENT = "campaign.sent";
  public static final String CAMPAIGN_OPENED = "campaign.opened";
  public static final String CAMPAIGN_CLICKED = "campaign.clicked";
  public static final String CAMPAIGN_UNSUBSCRIBED = "campaign.unsubscribed";
  public static final String OFFER_PRESENTED = "offer.presented";
  public static final String OFFER_ACCEPTED = "offer.accepted";
  public static final String OFFER_DECLINED = "offer.declined";
  public static final String OFFER_EXPIRED = "offer.expired";
  public static final String LOYALTY_JOINED = "loyalty.joined";
  public static final String LOYALTY_POINTS_CHANGED = "loyalty.points_changed";
  public static final String LOYALTY_TIER_CHANGED = "loyalty.tier_changed";
  public static final String AUTH_SUCCEEDED = "auth.succeeded";
  public static final String AUTH_FAILED = "auth.failed";
  public static final String CONSENT_CHANGED = "consent.changed";
  public static final String RELATIONSHIP_LINKED = "relationship.linked";
  public static final String RELATIONSHIP_ENDED = "relationship.ended";
  public static final String CUSTOMER_ERASED = "customer.erased";
  public static final String SEGMENT_ENTERED = "segment.entered";
  public static final String SEGMENT_LEFT = "segment.left";
  public static final String IDENTITY_LINKED = "identity.linked";
  public static final String IDENTITY_MERGED = "identity.merged";
  public static final String IDENTITY_SPLIT = "identity.split";

  /** Those whose text is the customer's own. */
  public static final Set<String> OWN_WORDS =
      Set.of(MESSAGE_RECEIVED, SOCIAL_POSTED, REVIEW_POSTED, SURVEY_ANSWERED);

  public static final String PROFILE_UPDATED = "profile.updated";
  public static final String AGENT_STATE_CHANGED = "agent.state_changed";
  public static final String SOURCE_HEARTBEAT = "source.heartbeat";

  private EventTypes() {}

  /** Whether events of the type are about an agent or a feed and so name no customer. */
  public static boolean isCustomerless(String type) {
    return type.startsWith("agent.") || type.startsWith("source.");
  }
}
