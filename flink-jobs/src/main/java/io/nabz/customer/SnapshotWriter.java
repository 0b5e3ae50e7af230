package io.nabz.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nabz.customer.state.CartLine;
import io.nabz.customer.state.CartRecord;
import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.FlagRecord;
import io.nabz.customer.state.IdentifierRecord;
import io.nabz.customer.state.JourneyStep;
import io.nabz.customer.state.RepeatRecord;
import io.nabz.customer.state.SentimentRecord;
import io.nabz.customer.state.SourceClock;
import io.nabz.customer.state.TimeCounter;
import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.CustomerKey;
import io.nabz.model.FlagCode;
import io.nabz.model.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a customer's state as the JSON of {@link io.nabz.model.Snapshot}: the same state always
 * gives the same bytes. Straight from the state, since making the records of the snapshot and
 * letting a data binder write them cost more than anything else that an event asks for.
 */
final class SnapshotWriter {
  private static final double LABEL_FROM = 0.25;
  private static final String ALL_CONTACTS = "contact";

  private final JsonGenerator out;
  private final FacetWriter facets;
  private final CustomerKey key;
  private final CustomerState state;
  private final CustomerPolicy policy;

  private SnapshotWriter(
      JsonGenerator out, CustomerKey key, CustomerState state, CustomerPolicy policy) {
    this.out = out;
    this.facets = new FacetWriter(out, state, policy.flags());
    this.key = key;
    this.state = state;
    this.policy = policy;
  }

  /** The snapshot as of the customer's own clock. */
  static byte[] bytes(CustomerKey key, CustomerState state, CustomerPolicy policy) {
    return Json.written(out -> new SnapshotWriter(out, key, state, policy).write());
  }

  /**
   * Writes one part of the snapshot by its name there, in an object of its own; an empty one for no
   * such part.
   */
  static void facet(
      JsonGenerator out, CustomerKey key, CustomerState state, CustomerPolicy policy, String facet)
      throws IOException {
    new SnapshotWriter(out, key, state, policy).write(facet);
  }

  private void write(String facet) throws IOException {
    out.writeStartObject();
    switch (facet) {
      case "identity" -> identity();
      case "relationships" -> facets.relationships();
      case "currentActivity" -> currentActivity();
      case "history" -> history();
      case "value" -> facets.value();
      case "sentiment" -> sentiment();
      case "flags" -> flags();
      case "actions" -> Actions.write(out, state, policy.flags());
      case "freshness" -> freshness();
      default -> {
        // Not a part that is written by itself.
      }
    }
    out.writeEndObject();
  }

  private void write() throws IOException {
    out.writeStartObject();
    Fields.text(out, "customerId", key.customerId());
    Fields.number(out, "version", CustomerLogic.version(state));
    Fields.moment(out, "asOf", state.nowMs);
    identity();
    facets.relationships();
    currentActivity();
    history();
    facets.value();
    sentiment();
    flags();
    Actions.write(out, state, policy.flags());
    freshness();
    out.writeEndObject();
  }

  private void identity() throws IOException {
    Fields.object(out, "identity");
    Fields.object(out, "identifiers");
    Set<String> types = new TreeSet<>();
    for (IdentifierRecord known : state.profile.identifiers) {
      types.add(known.type);
    }
    for (String type : types) {
      out.writeArrayFieldStart(type);
      for (IdentifierRecord known : state.profile.identifiers) {
        if (known.type.equals(type)) {
          out.writeString(known.value);
        }
      }
      out.writeEndArray();
    }
    out.writeEndObject();
    Fields.object(out, "attributes");
    for (Map.Entry<String, String> entry : new TreeMap<>(state.profile.attributes).entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
    Fields.text(out, "language", state.profile.attributes.get("language"));
    facets.consents();
    long asOf = Facets.identityAsOf(state);
    if (asOf != Long.MIN_VALUE) {
      Fields.moment(out, "asOf", asOf);
    }
    out.writeEndObject();
  }

  private void currentActivity() throws IOException {
    Fields.object(out, "currentActivity");
    Fields.array(out, "contacts");
    for (ContactRecord contact : state.contacts) {
      if (!Contacts.state(contact).isOver()) {
        contact(contact);
      }
    }
    out.writeEndArray();
    cart(state.cart);
    facets.orders();
    facets.cases();
    facets.callbacks();
    Fields.momentOrNone(out, "asOf", state.activityAtMs);
    out.writeEndObject();
  }

  private void contact(ContactRecord contact) throws IOException {
    long window = policy.resolvedAfter().toMillis();
    ContactState contactState = Contacts.state(contact);
    long since = Contacts.since(contact);
    out.writeStartObject();
    Fields.text(out, "contactId", contact.contactId);
    Fields.text(out, "channel", Contacts.channel(contact));
    Fields.text(out, "direction", contact.direction);
    Fields.text(out, "state", contactState.code());
    Fields.text(out, "queue", contact.queue);
    Fields.text(out, "agentId", contact.agentId);
    Fields.text(out, "topic", contact.topic);
    Fields.text(out, "disposition", contact.disposition);
    Fields.moment(out, "since", since);
    Fields.moment(out, "startedAt", Contacts.startedAt(contact));
    if (contactState.isOver()) {
      Fields.moment(out, "endedAt", since);
    }
    waited(contact);
    if (contactState.isOver() && contact.connectedAtMs != 0 && since >= contact.connectedAtMs) {
      Fields.number(out, "handleSeconds", (since - contact.connectedAtMs) / 1000.0);
    }
    Fields.number(out, "transfers", contact.transfers);
    Fields.bool(out, "resolved", Resolutions.resolved(state, contact, true, window));
    Fields.bool(out, "resolvedAny", Resolutions.resolved(state, contact, false, window));
    out.writeEndObject();
  }

  /** As the event said it, otherwise from queueing to what ended the wait. */
  private void waited(ContactRecord contact) throws IOException {
    long end = contact.connectedAtMs != 0 ? contact.connectedAtMs : contact.abandonedAtMs;
    if (contact.waitSeconds >= 0) {
      Fields.number(out, "waitSeconds", contact.waitSeconds);
    } else if (contact.queuedAtMs != 0 && end >= contact.queuedAtMs) {
      Fields.number(out, "waitSeconds", (end - contact.queuedAtMs) / 1000.0);
    }
  }

  private void cart(CartRecord cart) throws IOException {
    CartState cartState = Carts.state(cart);
    Fields.object(out, "cart");
    if (cartState != CartState.NONE) {
      Fields.text(out, "cartId", cart.cartId);
    }
    BigDecimal sum = BigDecimal.ZERO;
    String currency = null;
    Fields.array(out, "items");
    for (CartLine line : cart.lines) {
      if (line.quantity <= 0) {
        continue;
      }
      BigDecimal quantity = BigDecimal.valueOf(line.quantity).stripTrailingZeros();
      out.writeStartObject();
      Fields.text(out, "sku", line.sku.isEmpty() ? null : line.sku);
      Fields.text(out, "name", line.name);
      Fields.decimal(out, "quantity", quantity);
      Fields.money(out, "price", line.price, line.currency);
      out.writeEndObject();
      // A cart is in one currency; lines in another are shown but not summed.
      if (line.price != null
          && line.currency != null
          && (currency == null || currency.equals(line.currency))) {
        currency = line.currency;
        sum = sum.add(new BigDecimal(line.price).multiply(quantity));
      }
    }
    out.writeEndArray();
    Fields.money(out, "value", sum.toPlainString(), currency);
    Fields.text(out, "state", cartState.code());
    switch (cartState) {
      case NONE -> {}
      case OPEN -> Fields.moment(out, "since", cart.openedAtMs);
      case CHECKOUT -> Fields.moment(out, "since", cart.checkoutAtMs);
      case ABANDONED -> Fields.moment(out, "since", cart.abandonedAtMs);
    }
    out.writeEndObject();
  }

  private void history() throws IOException {
    Fields.object(out, "history");
    Fields.array(out, "contacts");
    for (ContactRecord contact : state.contacts) {
      contact(contact);
    }
    out.writeEndArray();
    counts();
    Fields.object(out, "repeats");
    repeats(CountWindow.DAY, state.repeats24h);
    repeats(CountWindow.WEEK, state.repeats7d);
    out.writeEndObject();
    facets.resolution(policy.resolvedAfter());
    Fields.array(out, "journey");
    for (JourneyStep step : state.journey) {
      TouchpointWriter.write(out, step);
    }
    out.writeEndArray();
    Fields.text(out, "stage", stage());
    facets.campaigns();
    facets.offers();
    facets.surveys();
    facets.tasks();
    Fields.momentOrNone(out, "asOf", state.lastEventAtMs);
    out.writeEndObject();
  }

  /** Where the newest touchpoint lies that lies anywhere. */
  private String stage() {
    for (JourneyStep step : state.journey) {
      String stage = Experience.stage(step.type, step.topic);
      if (stage != null) {
        return stage;
      }
    }
    return null;
  }

  private void repeats(CountWindow window, RepeatRecord repeats) throws IOException {
    Fields.object(out, window.code());
    Fields.number(out, "repeatContacts", repeats.repeatContacts);
    Fields.number(out, "peak", repeats.peak);
    out.writeEndObject();
  }

  private void counts() throws IOException {
    Fields.object(out, "counts");
    if (!state.contactStarts.isEmpty()) {
      int[] ofAll = new int[CountWindow.values().length];
      for (Map.Entry<String, TimeCounter> entry : new TreeMap<>(state.contactStarts).entrySet()) {
        out.writeObjectFieldStart(ALL_CONTACTS + '.' + entry.getKey());
        for (CountWindow window : CountWindow.values()) {
          int count = entry.getValue().count(state.nowMs, window.millis());
          Fields.number(out, window.code(), count);
          ofAll[window.ordinal()] += count;
        }
        out.writeEndObject();
      }
      Fields.object(out, ALL_CONTACTS);
      for (CountWindow window : CountWindow.values()) {
        Fields.number(out, window.code(), ofAll[window.ordinal()]);
      }
      out.writeEndObject();
    }
    if (state.families != null) {
      long phase = Families.phase(key);
      for (var entry : new TreeMap<>(state.families).entrySet()) {
        out.writeObjectFieldStart(entry.getKey());
        for (CountWindow window : Families.WINDOWS) {
          int count = entry.getValue().count(state.nowMs, window.millis(), phase);
          Fields.number(out, window.code(), count);
        }
        out.writeEndObject();
      }
    }
    out.writeEndObject();
  }

  private void sentiment() throws IOException {
    SentimentRecord sentiment = state.sentiment;
    Fields.object(out, "sentiment");
    if (sentiment.eventId != null) {
      Fields.number(out, "score", sentiment.score);
      Double average = Moods.decayed(state.signs);
      if (average != null) {
        Fields.number(out, "average", Math.round(average * 100) / 100.0);
      }
      Double low = Moods.lowest(state.signs, Contacts.inProgressSince(state));
      if (low != null) {
        Fields.number(out, "contactLow", low);
      }
      Fields.text(out, "label", label(sentiment.score));
      Fields.text(out, "trend", Moods.trend(state.signs, policy.flags()));
      lastText(sentiment);
    }
    Fields.array(out, "emotions");
    if (sentiment.emotions != null) {
      for (String emotion : sentiment.emotions) {
        out.writeString(emotion);
      }
    }
    out.writeEndArray();
    if (sentiment.eventId != null) {
      Fields.moment(out, "asOf", sentiment.atMs);
    }
    out.writeEndObject();
  }

  private void lastText(SentimentRecord sentiment) throws IOException {
    if (sentiment.text == null) {
      return;
    }
    Fields.object(out, "lastText");
    Fields.text(out, "text", sentiment.text);
    Fields.array(out, "spans");
    for (int i = 0; sentiment.spans != null && i < sentiment.spans.length; i += 3) {
      out.writeStartArray();
      out.writeNumber((int) sentiment.spans[i]);
      out.writeNumber((int) sentiment.spans[i + 1]);
      out.writeNumber(BigDecimal.valueOf(sentiment.spans[i + 2]).setScale(2, RoundingMode.HALF_UP));
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static String label(double score) {
    if (score <= -LABEL_FROM) {
      return "negative";
    }
    return score >= LABEL_FROM ? "positive" : "neutral";
  }

  private void flags() throws IOException {
    Fields.array(out, "flags");
    for (FlagRecord flag : state.flags) {
      out.writeStartObject();
      Fields.text(out, "code", flag.code);
      Fields.text(out, "severity", FlagCode.valueOf(flag.code).severity().code());
      Fields.moment(out, "since", flag.sinceMs);
      if (flag.untilMs != CustomerState.NEVER) {
        Fields.moment(out, "until", flag.untilMs);
      }
      Fields.array(out, "evidence");
      for (EvidenceRecord evidence : flag.evidence) {
        out.writeString(evidence.eventId);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void freshness() throws IOException {
    Fields.object(out, "freshness");
    for (Map.Entry<String, SourceClock> entry : new TreeMap<>(state.sources).entrySet()) {
      out.writeObjectFieldStart(entry.getKey());
      Fields.moment(out, "lastEventAt", entry.getValue().lastEventAtMs);
      Fields.number(out, "lagMs", entry.getValue().lagMs);
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
