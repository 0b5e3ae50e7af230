package io.nabz.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nabz.customer.state.CallbackRecord;
import io.nabz.customer.state.CampaignRecord;
import io.nabz.customer.state.CaseRecord;
import io.nabz.customer.state.ConsentRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.OfferRecord;
import io.nabz.customer.state.OrderRecord;
import io.nabz.customer.state.RelationshipRecord;
import io.nabz.customer.state.ResolutionRecord;
import io.nabz.customer.state.SurveyRecord;
import io.nabz.customer.state.TaskRecord;
import io.nabz.model.Money;
import io.nabz.model.Snapshot;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The parts of the snapshot that are lists of matters, each with its name. */
final class FacetWriter {
  private final JsonGenerator out;
  private final CustomerState state;
  private final FlagPolicy policy;

  FacetWriter(JsonGenerator out, CustomerState state, FlagPolicy policy) {
    this.out = out;
    this.state = state;
    this.policy = policy;
  }

  void relationships() throws IOException {
    Fields.array(out, "relationships");
    if (state.relationships != null) {
      for (RelationshipRecord known : state.relationships) {
        if (Relationships.holds(known)) {
          out.writeStartObject();
          Fields.text(out, "customer", Relationships.customer(known));
          Fields.text(out, "kind", Relationships.kind(known));
          Fields.bool(out, "inverse", known.inverse ? true : null);
          Fields.moment(out, "since", known.linkedAtMs);
          out.writeEndObject();
        }
      }
    }
    out.writeEndArray();
  }

  void consents() throws IOException {
    if (state.consents == null || state.consents.isEmpty()) {
      return;
    }
    Fields.array(out, "consents");
    for (ConsentRecord consent : state.consents) {
      out.writeStartObject();
      Fields.text(out, "purpose", Marketing.purpose(consent));
      Fields.text(out, "channel", Marketing.channel(consent));
      Fields.bool(out, "granted", consent.granted);
      Fields.moment(out, "since", consent.atMs);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  void orders() throws IOException {
    Fields.array(out, "orders");
    if (state.orders != null) {
      for (OrderRecord order : state.orders) {
        if (Orders.isUnderWay(order, state.nowMs, policy)) {
          out.writeStartObject();
          Fields.text(out, "orderId", order.id);
          Fields.text(out, "state", Orders.state(order));
          Fields.money(out, "total", order.total, order.currency);
          Fields.momentOrNone(out, "placedAt", order.placedAtMs);
          Fields.momentOrNone(out, "promisedAt", order.promisedAtMs);
          out.writeEndObject();
        }
      }
    }
    out.writeEndArray();
  }

  void cases() throws IOException {
    Fields.array(out, "cases");
    if (state.cases != null) {
      for (CaseRecord known : state.cases) {
        if (Cases.isOpen(known)) {
          out.writeStartObject();
          Fields.text(out, "caseId", known.id);
          Fields.text(out, "topic", known.topic);
          Fields.text(out, "state", Cases.state(known));
          Fields.text(out, "priority", known.priority);
          Fields.moment(out, "openedAt", Cases.openedAt(known));
          Fields.momentOrNone(out, "updatedAt", known.updatedAtMs);
          out.writeEndObject();
        }
      }
    }
    out.writeEndArray();
  }

  void callbacks() throws IOException {
    Fields.array(out, "callbacks");
    if (state.callbacks != null) {
      for (CallbackRecord callback : state.callbacks) {
        if (Callbacks.isOwed(callback, state.nowMs, policy)) {
          out.writeStartObject();
          Fields.text(out, "contactId", callback.id.isEmpty() ? null : callback.id);
          Fields.text(out, "state", state.nowMs >= callback.dueAtMs ? "missed" : "promised");
          Fields.moment(out, "requestedAt", callback.requestedAtMs);
          Fields.moment(out, "dueAt", callback.dueAtMs);
          out.writeEndObject();
        }
      }
    }
    out.writeEndArray();
  }

  void campaigns() throws IOException {
    Fields.array(out, "campaigns");
    if (state.campaigns != null) {
      for (CampaignRecord campaign : state.campaigns) {
        out.writeStartObject();
        Fields.text(out, "campaignId", campaign.id);
        Fields.text(out, "state", Marketing.state(campaign));
        Fields.text(out, "channel", campaign.channel);
        Fields.moment(out, "at", campaign.lastAtMs);
        out.writeEndObject();
      }
    }
    out.writeEndArray();
  }

  void offers() throws IOException {
    if (state.offers == null || state.offers.isEmpty()) {
      return;
    }
    Fields.array(out, "offers");
    for (OfferRecord offer : state.offers) {
      out.writeStartObject();
      Fields.text(out, "offerId", offer.id);
      Fields.text(out, "state", Marketing.state(offer));
      Fields.text(out, "alertId", offer.alertId);
      BigDecimal value = Decimals.parse(offer.value);
      if (value != null) {
        Fields.decimal(out, "value", value);
      }
      Fields.moment(out, "at", offer.lastAtMs);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  void tasks() throws IOException {
    if (state.tasks == null || state.tasks.isEmpty()) {
      return;
    }
    Fields.array(out, "selfService");
    for (TaskRecord task : state.tasks) {
      out.writeStartObject();
      Fields.text(out, "task", task.id.isEmpty() ? null : task.id);
      Fields.text(out, "state", SelfService.state(task));
      Fields.text(out, "channel", task.channel);
      Fields.moment(out, "at", task.lastAtMs);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  void surveys() throws IOException {
    if (state.surveys == null || state.surveys.isEmpty()) {
      return;
    }
    Map<String, SurveyRecord> byMetric = new TreeMap<>();
    for (SurveyRecord survey : state.surveys) {
      byMetric.put(survey.id, survey);
    }
    Fields.object(out, "surveys");
    for (SurveyRecord survey : byMetric.values()) {
      out.writeObjectFieldStart(survey.id);
      Fields.number(out, "last", survey.score);
      double mean = Math.round((double) survey.sumMilli / survey.count / 10) / 100.0;
      Fields.number(out, "mean", mean);
      Fields.number(out, "count", survey.count);
      Fields.moment(out, "at", survey.atMs);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  void resolution(Duration window) throws IOException {
    ResolutionRecord sums = state.resolution;
    if (sums == null || sums.contacts == 0) {
      return;
    }
    long windowMs = window.toMillis();
    Fields.object(out, "resolution");
    Fields.number(out, "windowSeconds", window.toSeconds());
    long pending = Resolutions.pending(state, true, windowMs);
    outcomes("sameTopic", sums.topicContacts, sums.topicFollowed, pending);
    pending = Resolutions.pending(state, false, windowMs);
    outcomes("anyTopic", sums.contacts, sums.followed, pending);
    out.writeEndObject();
  }

  private void outcomes(String name, long contacts, long followed, long pending)
      throws IOException {
    out.writeObjectFieldStart(name);
    Fields.number(out, "resolved", Math.max(0, contacts - followed - pending));
    Fields.number(out, "followed", followed);
    Fields.number(out, "pending", pending);
    out.writeEndObject();
  }

  void value() throws IOException {
    Snapshot.Value value = Worth.of(state);
    Fields.object(out, "value");
    Fields.number(out, "orders", value.orders());
    if (value.spend() != null) {
      Fields.name(out, "spend");
      money(value.spend());
    }
    if (value.spends() != null) {
      Fields.array(out, "spends");
      for (Money spend : value.spends()) {
        money(spend);
      }
      out.writeEndArray();
    }
    Fields.text(out, "tier", value.tier());
    Fields.text(out, "points", value.points() == null ? null : value.points().toPlainString());
    if (value.recencyDays() != null) {
      Fields.number(out, "recencyDays", value.recencyDays());
    }
    if (value.daysBetweenOrders() != null) {
      Fields.number(out, "daysBetweenOrders", value.daysBetweenOrders());
    }
    Fields.array(out, "products");
    for (String product : value.products()) {
      out.writeString(product);
    }
    out.writeEndArray();
    Fields.momentOrNone(out, "asOf", state.valueAtMs);
    out.writeEndObject();
  }

  private void money(Money money) throws IOException {
    Fields.money(out, money.amount().toPlainString(), money.currency());
  }
}
