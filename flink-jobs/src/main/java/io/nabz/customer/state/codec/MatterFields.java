package io.nabz.customer.state.codec;

import io.nabz.customer.state.CallbackRecord;
import io.nabz.customer.state.CampaignRecord;
import io.nabz.customer.state.CaseRecord;
import io.nabz.customer.state.ConsentRecord;
import io.nabz.customer.state.OfferRecord;
import io.nabz.customer.state.RelationshipRecord;
import io.nabz.customer.state.SurveyRecord;
import io.nabz.customer.state.TaskRecord;

/** The fields of what else is kept by its id; those below 6 are of every {@link Matter}. */
final class MatterFields {
  private MatterFields() {}

  static void writeCase(FieldWriter out, CaseRecord known) {
    Matters.write(out, known);
    out.text(6, known.topic);
    out.text(7, known.priority);
    out.time(8, known.openedAtMs);
    out.text(9, known.openEventId);
    out.time(10, known.updatedAtMs);
    out.time(11, known.resolvedAtMs);
    out.time(12, known.reopenedAtMs);
    out.text(13, known.reopenEventId);
  }

  static CaseRecord readCase(FieldReader in) {
    CaseRecord known = new CaseRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> known.topic = in.text();
        case 7 -> known.priority = in.text();
        case 8 -> known.openedAtMs = in.time();
        case 9 -> known.openEventId = in.text();
        case 10 -> known.updatedAtMs = in.time();
        case 11 -> known.resolvedAtMs = in.time();
        case 12 -> known.reopenedAtMs = in.time();
        case 13 -> known.reopenEventId = in.text();
        default -> Matters.read(in, known, field);
      }
    }
    return known;
  }

  static void writeCallback(FieldWriter out, CallbackRecord callback) {
    Matters.write(out, callback);
    out.time(6, callback.requestedAtMs);
    out.text(7, callback.requestEventId);
    out.time(8, callback.dueAtMs);
    out.time(9, callback.completedAtMs);
  }

  static CallbackRecord readCallback(FieldReader in) {
    CallbackRecord callback = new CallbackRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> callback.requestedAtMs = in.time();
        case 7 -> callback.requestEventId = in.text();
        case 8 -> callback.dueAtMs = in.time();
        case 9 -> callback.completedAtMs = in.time();
        default -> Matters.read(in, callback, field);
      }
    }
    return callback;
  }

  static void writeTask(FieldWriter out, TaskRecord task) {
    Matters.write(out, task);
    out.text(6, task.channel);
    out.time(7, task.startedAtMs);
    out.time(8, task.succeededAtMs);
    out.time(9, task.failedAtMs);
    out.text(10, task.failEventId);
  }

  static TaskRecord readTask(FieldReader in) {
    TaskRecord task = new TaskRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> task.channel = in.text();
        case 7 -> task.startedAtMs = in.time();
        case 8 -> task.succeededAtMs = in.time();
        case 9 -> task.failedAtMs = in.time();
        case 10 -> task.failEventId = in.text();
        default -> Matters.read(in, task, field);
      }
    }
    return task;
  }

  static void writeCampaign(FieldWriter out, CampaignRecord campaign) {
    Matters.write(out, campaign);
    out.text(6, campaign.channel);
    out.time(7, campaign.sentAtMs);
    out.time(8, campaign.openedAtMs);
    out.time(9, campaign.clickedAtMs);
    out.time(10, campaign.unsubscribedAtMs);
  }

  static CampaignRecord readCampaign(FieldReader in) {
    CampaignRecord campaign = new CampaignRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> campaign.channel = in.text();
        case 7 -> campaign.sentAtMs = in.time();
        case 8 -> campaign.openedAtMs = in.time();
        case 9 -> campaign.clickedAtMs = in.time();
        case 10 -> campaign.unsubscribedAtMs = in.time();
        default -> Matters.read(in, campaign, field);
      }
    }
    return campaign;
  }

  static void writeOffer(FieldWriter out, OfferRecord offer) {
    Matters.write(out, offer);
    out.text(6, offer.alertId);
    out.text(7, offer.value);
    out.time(8, offer.presentedAtMs);
    out.time(9, offer.acceptedAtMs);
    out.time(10, offer.declinedAtMs);
    out.time(11, offer.expiredAtMs);
  }

  static OfferRecord readOffer(FieldReader in) {
    OfferRecord offer = new OfferRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> offer.alertId = in.text();
        case 7 -> offer.value = in.text();
        case 8 -> offer.presentedAtMs = in.time();
        case 9 -> offer.acceptedAtMs = in.time();
        case 10 -> offer.declinedAtMs = in.time();
        case 11 -> offer.expiredAtMs = in.time();
        default -> Matters.read(in, offer, field);
      }
    }
    return offer;
  }

  static void writeSurvey(FieldWriter out, SurveyRecord survey) {
    Matters.write(out, survey);
    out.real(6, survey.score, 0);
    out.time(7, survey.atMs);
    out.text(8, survey.eventId);
    out.number(9, survey.count);
    out.number(10, survey.sumMilli);
  }

  static SurveyRecord readSurvey(FieldReader in) {
    SurveyRecord survey = new SurveyRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> survey.score = in.real();
        case 7 -> survey.atMs = in.time();
        case 8 -> survey.eventId = in.text();
        case 9 -> survey.count = in.smallNumber();
        case 10 -> survey.sumMilli = in.number();
        default -> Matters.read(in, survey, field);
      }
    }
    return survey;
  }

  static void writeConsent(FieldWriter out, ConsentRecord consent) {
    Matters.write(out, consent);
    out.truth(6, consent.granted);
    out.time(7, consent.atMs);
  }

  static ConsentRecord readConsent(FieldReader in) {
    ConsentRecord consent = new ConsentRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> consent.granted = in.truth();
        case 7 -> consent.atMs = in.time();
        default -> Matters.read(in, consent, field);
      }
    }
    return consent;
  }

  static void writeRelationship(FieldWriter out, RelationshipRecord relationship) {
    Matters.write(out, relationship);
    out.time(6, relationship.linkedAtMs);
    out.time(7, relationship.endedAtMs);
    out.truth(8, relationship.inverse);
  }

  static RelationshipRecord readRelationship(FieldReader in) {
    RelationshipRecord relationship = new RelationshipRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 6 -> relationship.linkedAtMs = in.time();
        case 7 -> relationship.endedAtMs = in.time();
        case 8 -> relationship.inverse = in.truth();
        default -> Matters.read(in, relationship, field);
      }
    }
    return relationship;
  }
}
