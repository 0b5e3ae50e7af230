package io.nabz.customer;

import java.util.List;

/** The event types of the contract that tell of a customer, but for those of the cart. */
final class Catalogue {
  static final List<String> TYPES =
      List.of(
          "contact.initiated",
          "contact.queued",
          "contact.connected",
          "contact.transferred",
          "contact.ended",
          "contact.abandoned",
          "callback.requested",
          "callback.completed",
          "message.received",
          "message.sent",
          "selfservice.started",
          "selfservice.succeeded",
          "selfservice.failed",
          "page.viewed",
          "screen.viewed",
          "search.performed",
          "error.shown",
          "payment.failed",
          "order.placed",
          "order.shipped",
          "order.delayed",
          "order.delivered",
          "order.cancelled",
          "order.returned",
          "case.opened",
          "case.updated",
          "case.resolved",
          "case.reopened",
          "survey.answered",
          "review.posted",
          "social.posted",
          "campaign.sent",
          "campaign.opened",
          "campaign.clicked",
          "campaign.unsubscribed",
          "offer.presented",
          "offer.accepted",
          "offer.declined",
          "offer.expired",
          "loyalty.joined",
          "loyalty.points_changed",
          "loyalty.tier_changed",
          "profile.updated",
          "identity.linked",
          "auth.succeeded",
          "auth.failed",
          "consent.changed",
          "relationship.linked",
          "relationship.ended");

  private Catalogue() {}
}
