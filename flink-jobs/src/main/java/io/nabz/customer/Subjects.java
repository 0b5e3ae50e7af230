package io.nabz.customer;

import io.nabz.model.EventTypes;
import io.nabz.model.IdentifierNormaliser;

/** Which subjects an event tells of, by its type. */
final class Subjects {
  private Subjects() {}

  /**
   * @return whether a flag may follow from it
   */
  static boolean apply(Step step, CustomerPolicy policy, IdentifierNormaliser normaliser) {
    String type = step.event().type();
    int dot = type.indexOf('.');
    switch (dot < 0 ? type : type.substring(0, dot)) {
      case "contact", "message" -> Contacts.apply(step, policy.resolvedAfter().toMillis());
      case "callback" -> callback(step, policy.flags());
      case "case" -> Cases.apply(step);
      case "order" -> order(step, policy, normaliser);
      case "cart", "checkout", "payment" -> {
        return cart(step, policy);
      }
      case "selfservice" -> SelfService.apply(step);
      case "loyalty" -> Loyalty.apply(step);
      case "survey", "review", "social" -> Surveys.apply(step);
      case "profile" -> {
        // The profile takes all events; a tier in it may make a VIP.
      }
      case "auth" -> {
        if (type.equals(EventTypes.AUTH_FAILED)) {
          Logins.onFailure(step);
        }
      }
      case "campaign" -> {
        Marketing.onCampaign(step);
        return false;
      }
      case "offer" -> {
        Marketing.onOffer(step);
        return false;
      }
      case "consent" -> {
        if (type.equals(EventTypes.CONSENT_CHANGED)) {
          Marketing.onConsent(step);
        }
        return false;
      }
      case "relationship" -> {
        if (type.equals(EventTypes.RELATIONSHIP_LINKED)
            || type.equals(EventTypes.RELATIONSHIP_ENDED)) {
          Relationships.apply(step);
        }
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void callback(Step step, FlagPolicy policy) {
    switch (step.event().type()) {
      case EventTypes.CALLBACK_REQUESTED, EventTypes.CALLBACK_COMPLETED ->
          Callbacks.apply(step, policy);
      default -> {
        // An unknown word on call-backs is kept in the journey only.
      }
    }
  }

  private static void order(Step step, CustomerPolicy policy, IdentifierNormaliser normaliser) {
    if (step.event().type().equals(EventTypes.ORDER_PLACED)) {
      Carts.apply(step, CartMoveKind.ORDER, policy);
      Purchases.onPlaced(step);
    }
    Orders.apply(step, normaliser);
  }

  private static boolean cart(Step step, CustomerPolicy policy) {
    switch (step.event().type()) {
      case EventTypes.CART_ITEM_ADDED -> Carts.apply(step, CartMoveKind.ADD, policy);
      case EventTypes.CART_ITEM_REMOVED -> Carts.apply(step, CartMoveKind.REMOVE, policy);
      case EventTypes.CHECKOUT_STARTED -> Carts.apply(step, CartMoveKind.CHECKOUT, policy);
      case EventTypes.PAYMENT_FAILED -> {
        Carts.apply(step, CartMoveKind.PAYMENT, policy);
        Payments.onFailure(step);
        return true;
      }
      default -> {
        // An unknown word on carts is kept in the journey only.
      }
    }
    return false;
  }
}
