package io.nabz.customer.state.codec;

/**
 * Words that most customers have, written as their numbers; the first 64 take one byte. A word
 * keeps its number for good, so words are added at the end only.
 */
final class Dictionary {
  static final String[] WORDS =
      """
      page.viewed screen.viewed search.performed error.shown contact.initiated contact.queued
      contact.connected contact.transferred contact.ended contact.abandoned message.received
      message.sent cart.item_added cart.item_removed checkout.started payment.failed
      order.placed order.shipped order.delivered cart.abandoned selfservice.started
      selfservice.succeeded selfservice.failed case.opened survey.answered campaign.sent
      campaign.opened auth.succeeded profile.updated voice chat email sms social video web app
      bot ivr in_person inbound outbound phone deviceId sessionId name text call cart delivery
      billing technical account price orders payment IRR resolved REPEAT_CALLER CART_ABANDONED
      NEGATIVE_SENTIMENT SENTIMENT_FALLING CHURN_RISK order.delayed
      order.cancelled order.returned callback.requested callback.completed case.updated
      case.resolved case.reopened review.posted social.posted campaign.clicked
      campaign.unsubscribed offer.presented offer.accepted offer.declined offer.expired
      loyalty.joined loyalty.points_changed loyalty.tier_changed auth.failed consent.changed
      relationship.linked relationship.ended customer.erased segment.entered segment.left
      identity.linked identity.merged identity.split UNRESOLVED_CASE SELF_SERVICE_FAILED
      PAYMENT_FAILED DELIVERY_LATE CALLBACK_MISSED CHANNEL_HOPPING FRAUD_RISK VIP DETRACTOR
      customerId loyaltyId nationalId anonymousId unresolved transferred contact request case
      delay promise answer tier failure order offer firstName lastName gender birthDate
      address city language segment anger disappointment worry confusion gratitude joy
      human_agent praise return cancellation callback refund product general sales support vip
      complaint low normal medium high urgent critical bronze silver gold platinum nps csat
      ces marketing profiling marketing/email marketing/sms fa en IRT USD EUR 0 1 2 3 5 10
      """
          .strip()
          .split("\\s+");

  static final int SIZE = WORDS.length;

  private Dictionary() {}
}
