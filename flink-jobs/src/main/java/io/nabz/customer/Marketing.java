package io.nabz.customer;

import io.nabz.customer.state.CampaignRecord;
import io.nabz.customer.state.ConsentRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.OfferRecord;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;

/** Campaigns, offers and what the customer has consented to. */
final class Marketing {
  static final int MAX_CAMPAIGNS = 8;
  static final int MAX_OFFERS = 8;
  static final int MAX_CONSENTS = 24;
  private static final String ALL_CHANNELS = "*";

  private Marketing() {}

  static void onCampaign(Step step) {
    Event event = step.event();
    long at = step.timeMs();
    if (event.type().equals(EventTypes.CAMPAIGN_UNSUBSCRIBED)) {
      consent(step, "marketing", event.text("channel"), false);
    }
    String campaignId = event.text("campaignId");
    if (campaignId == null) {
      return;
    }
    CustomerState state = step.state();
    state.campaigns = Matters.orNew(state.campaigns);
    CampaignRecord campaign =
        Matters.touch(state.campaigns, campaignId, step, MAX_CAMPAIGNS, CampaignRecord::new);
    String channel = step.word("channel");
    if (Matters.says(campaign, 0, 1, step, campaign.channel, channel)) {
      campaign.channel = channel;
    }
    switch (event.type()) {
      case EventTypes.CAMPAIGN_SENT -> campaign.sentAtMs = Math.max(campaign.sentAtMs, at);
      case EventTypes.CAMPAIGN_OPENED -> campaign.openedAtMs = Math.max(campaign.openedAtMs, at);
      case EventTypes.CAMPAIGN_CLICKED -> campaign.clickedAtMs = Math.max(campaign.clickedAtMs, at);
      case EventTypes.CAMPAIGN_UNSUBSCRIBED ->
          campaign.unsubscribedAtMs = Math.max(campaign.unsubscribedAtMs, at);
      default -> {
        // Other words on a campaign only show that it is alive.
      }
    }
  }

  /** How far the customer went along: {@code sent opened clicked unsubscribed}. */
  static String state(CampaignRecord campaign) {
    if (campaign.unsubscribedAtMs != 0) {
      return "unsubscribed";
    }
    if (campaign.clickedAtMs != 0) {
      return "clicked";
    }
    return campaign.openedAtMs != 0 ? "opened" : "sent";
  }

  static void onOffer(Step step) {
    Event event = step.event();
    String offerId = event.text("offerId");
    if (offerId == null) {
      return;
    }
    CustomerState state = step.state();
    state.offers = Matters.orNew(state.offers);
    OfferRecord offer = Matters.touch(state.offers, offerId, step, MAX_OFFERS, OfferRecord::new);
    long at = step.timeMs();
    switch (event.type()) {
      case EventTypes.OFFER_PRESENTED -> offer.presentedAtMs = Math.max(offer.presentedAtMs, at);
      case EventTypes.OFFER_ACCEPTED -> offer.acceptedAtMs = Math.max(offer.acceptedAtMs, at);
      case EventTypes.OFFER_DECLINED -> offer.declinedAtMs = Math.max(offer.declinedAtMs, at);
      case EventTypes.OFFER_EXPIRED -> offer.expiredAtMs = Math.max(offer.expiredAtMs, at);
      default -> {
        // Other words on an offer only describe it.
      }
    }
    String alertId = step.word("alertId");
    if (Matters.says(offer, 0, 2, step, offer.alertId, alertId)) {
      offer.alertId = alertId;
    }
    String value = Decimals.textOrNull(event.data().get("value"));
    if (Matters.says(offer, 1, 2, step, offer.value, value)) {
      offer.value = value;
    }
  }

  /** What came of it last: {@code presented accepted declined expired}. */
  static String state(OfferRecord offer) {
    long last = Math.max(offer.acceptedAtMs, Math.max(offer.declinedAtMs, offer.expiredAtMs));
    if (last == 0 || offer.presentedAtMs > last) {
      return "presented";
    }
    if (last == offer.acceptedAtMs) {
      return "accepted";
    }
    return last == offer.declinedAtMs ? "declined" : "expired";
  }

  static void onConsent(Step step) {
    String purpose = step.event().text("purpose");
    if (purpose != null && step.event().data().path("granted").isBoolean()) {
      boolean granted = step.event().data().get("granted").asBoolean();
      consent(step, purpose, step.event().text("channel"), granted);
    }
  }

  static String purpose(ConsentRecord consent) {
    return consent.id.substring(0, consent.id.indexOf('/'));
  }

  /** The channel it is for, or null for all of them. */
  static String channel(ConsentRecord consent) {
    String channel = consent.id.substring(consent.id.indexOf('/') + 1);
    return channel.equals(ALL_CHANNELS) ? null : channel;
  }

  /** Of two words of one moment the refusal stands. */
  private static void consent(Step step, String purpose, String channel, boolean granted) {
    CustomerState state = step.state();
    String id =
        Sentiments.cut(purpose.replace('/', '_'), Matters.MAX_CHARS / 2)
            + '/'
            + (channel == null ? ALL_CHANNELS : channel);
    state.consents = Matters.orNew(state.consents);
    ConsentRecord consent =
        Matters.touch(state.consents, id, step, MAX_CONSENTS, ConsentRecord::new);
    if (step.timeMs() > consent.atMs) {
      consent.atMs = step.timeMs();
      consent.granted = granted;
    } else if (step.timeMs() == consent.atMs) {
      consent.granted &= granted;
    }
  }
}
