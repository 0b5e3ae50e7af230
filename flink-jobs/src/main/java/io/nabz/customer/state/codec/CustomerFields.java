package io.nabz.customer.state.codec;

import io.nabz.customer.state.CustomerState;

/** The fields of the record itself; those that most customers have come first. */
final class CustomerFields {
  private CustomerFields() {}

  static void write(FieldWriter out, CustomerState state) {
    out.base(1, state.nowMs, Long.MIN_VALUE);
    out.number(2, state.appliedEvents);
    out.time(3, state.timerAtMs, CustomerState.NEVER);
    out.time(4, state.lastEventAtMs);
    out.ownRecord(5, state.seen, CounterFields::writeSeen);
    out.ownRecord(6, state.profile, ProfileFields::write);
    out.ownList(7, state.contacts, ContactFields::write);
    out.ownMap(8, state.contactStarts, CounterFields::writeTimes);
    out.ownRecord(9, state.cart, CartFields::write);
    out.ownList(10, state.flags, FlagFields::write);
    out.ownList(11, state.journey, JourneyFields::write);
    out.ownMap(12, state.sources, JourneyFields::writeClock);
    out.map(13, state.families, CounterFields::writeCoarse);
    out.time(14, state.familiesFallAtMs, CustomerState.NEVER);
    out.ownRecord(15, state.sentiment, FeelingFields::write);
    out.list(16, state.signs, FeelingFields::writeSign);
    out.number(17, state.steps);
    out.number(18, state.clockLeadMs);
    out.ownRecord(19, state.repeats24h, ContactFields::writeRepeats);
    out.ownRecord(20, state.repeats7d, ContactFields::writeRepeats);
    out.ownRecord(21, state.purchases, WorthFields::writePurchases);
    out.list(22, state.cases, MatterFields::writeCase);
    out.list(23, state.orders, OrderFields::write);
    out.list(24, state.callbacks, MatterFields::writeCallback);
    out.list(25, state.tasks, MatterFields::writeTask);
    out.list(26, state.campaigns, MatterFields::writeCampaign);
    out.list(27, state.offers, MatterFields::writeOffer);
    out.list(28, state.surveys, MatterFields::writeSurvey);
    out.list(29, state.consents, MatterFields::writeConsent);
    out.list(30, state.relationships, MatterFields::writeRelationship);
    out.list(31, state.products, OrderFields::writeProduct);
    out.record(32, state.loyalty, WorthFields::writeLoyalty);
    out.list(33, state.failedPayments, FlagFields::writeEvidence);
    out.list(34, state.failedLogins, FlagFields::writeEvidence);
    out.map(35, state.topicStarts, CounterFields::writeTimes);
    out.record(36, state.resolution, ContactFields::writeResolution);
    out.time(37, state.reviewAtMs, CustomerState.NEVER);
    out.time(38, state.identityAtMs);
    out.time(39, state.activityAtMs);
    out.time(40, state.valueAtMs);
    out.time(41, state.erasedAtMs);
    out.text(42, state.redirectTo);
    out.number(43, state.ledger);
    out.number(44, state.ledgerBytes);
    out.list(45, state.told, FlagFields::writeTold);
    out.bytes(46, state.rules);
    out.time(47, state.rulesDueMs, CustomerState.NEVER);
  }

  static CustomerState read(FieldReader in) {
    CustomerState state = new CustomerState();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> state.nowMs = in.base();
        case 2 -> state.appliedEvents = in.number();
        case 3 -> state.timerAtMs = in.time();
        case 4 -> state.lastEventAtMs = in.time();
        case 5 -> state.seen = in.record(CounterFields::readSeen);
        case 6 -> state.profile = in.record(ProfileFields::read);
        case 7 -> state.contacts = in.list(ContactFields::read);
        case 8 -> state.contactStarts = in.map(CounterFields::readTimes);
        case 9 -> state.cart = in.record(CartFields::read);
        case 10 -> state.flags = in.list(FlagFields::read);
        case 11 -> state.journey = in.list(JourneyFields::read);
        case 12 -> state.sources = in.map(JourneyFields::readClock);
        case 13 -> state.families = in.map(CounterFields::readCoarse);
        case 14 -> state.familiesFallAtMs = in.time();
        case 15 -> state.sentiment = in.record(FeelingFields::read);
        case 16 -> state.signs = in.list(FeelingFields::readSign);
        case 17 -> state.steps = in.smallNumber();
        case 18 -> state.clockLeadMs = in.number();
        case 19 -> state.repeats24h = in.record(ContactFields::readRepeats);
        case 20 -> state.repeats7d = in.record(ContactFields::readRepeats);
        case 21 -> state.purchases = in.record(WorthFields::readPurchases);
        case 22 -> state.cases = in.list(MatterFields::readCase);
        case 23 -> state.orders = in.list(OrderFields::read);
        case 24 -> state.callbacks = in.list(MatterFields::readCallback);
        case 25 -> state.tasks = in.list(MatterFields::readTask);
        case 26 -> state.campaigns = in.list(MatterFields::readCampaign);
        case 27 -> state.offers = in.list(MatterFields::readOffer);
        case 28 -> state.surveys = in.list(MatterFields::readSurvey);
        case 29 -> state.consents = in.list(MatterFields::readConsent);
        case 30 -> state.relationships = in.list(MatterFields::readRelationship);
        case 31 -> state.products = in.list(OrderFields::readProduct);
        case 32 -> state.loyalty = in.record(WorthFields::readLoyalty);
        case 33 -> state.failedPayments = in.list(FlagFields::readEvidence);
        case 34 -> state.failedLogins = in.list(FlagFields::readEvidence);
        case 35 -> state.topicStarts = in.map(CounterFields::readTimes);
        case 36 -> state.resolution = in.record(ContactFields::readResolution);
        case 37 -> state.reviewAtMs = in.time();
        case 38 -> state.identityAtMs = in.time();
        case 39 -> state.activityAtMs = in.time();
        case 40 -> state.valueAtMs = in.time();
        case 41 -> state.erasedAtMs = in.time();
        case 42 -> state.redirectTo = in.text();
        case 43 -> state.ledger = in.smallNumber();
        case 44 -> state.ledgerBytes = in.smallNumber();
        case 45 -> state.told = in.list(FlagFields::readTold);
        case 46 -> state.rules = in.bytes();
        case 47 -> state.rulesDueMs = in.time();
        default -> in.skip();
      }
    }
    return state;
  }
}
