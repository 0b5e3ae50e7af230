package io.nabz.api;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.CartState;
import io.nabz.model.ContactState;
import io.nabz.model.LocalisedText;
import io.nabz.model.Money;
import io.nabz.model.Severity;
import io.nabz.model.Snapshot;
import io.nabz.model.Touchpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Values of the vocabulary for tests. */
public final class Samples {
  public static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  private Samples() {}

  public static Alert alert(String alertId, String customerId) {
    return new Alert(
        alertId,
        "repeat-caller",
        1,
        customerId,
        Audience.AGENT,
        Severity.HIGH,
        AlertState.OPEN,
        "a-12",
        "k-77",
        "billing",
        new LocalisedText("Third call today", "سومین تماس امروز"),
        null,
        List.of(new Alert.Evidence("call", "e-1", "contact.initiated", TEN)),
        null,
        new Alert.Times(TEN, TEN.plusMillis(5), TEN.plusMillis(7), null));
  }

  /** One of a rule across customers. */
  public static Alert acrossCustomers(String alertId) {
    Alert alert = alert(alertId, "nobody");
    return new Alert(
        alertId,
        "one-error-many-customers",
        1,
        null,
        Audience.SUPERVISOR,
        Severity.CRITICAL,
        AlertState.OPEN,
        null,
        null,
        null,
        new LocalisedText("Error E-42", "خطای E-42"),
        null,
        alert.evidence(),
        null,
        alert.times());
  }

  public static Alert in(AlertState state, Alert alert) {
    return new Alert(
        alert.alertId(),
        alert.ruleId(),
        alert.ruleVersion(),
        alert.customerId(),
        alert.audience(),
        alert.severity(),
        state,
        alert.assignee(),
        alert.contactId(),
        alert.queue(),
        alert.title(),
        alert.advice(),
        alert.evidence(),
        alert.offer(),
        alert.times());
  }

  public static Snapshot.Contact contact(String contactId, ContactState state, Instant since) {
    return new Snapshot.Contact(
        contactId, "voice", "inbound", state, "billing", "a-12", null, null, since, since, null,
        null, null, 0);
  }

  public static Snapshot.Cart cart(CartState state, Instant since) {
    return new Snapshot.Cart(
        "cart-1",
        List.of(
            new Snapshot.CartItem(
                "sku-1", "tea", new BigDecimal("3"), new Money(new BigDecimal("2.50"), "IRR"))),
        new Money(new BigDecimal("7.50"), "IRR"),
        state,
        since);
  }

  public static Touchpoint step(String eventId, Instant time) {
    return new Touchpoint(
        eventId,
        "page.viewed",
        time,
        "web",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A snapshot; null lists become empty ones. */
  public static Snapshot snapshot(
      String customerId,
      long version,
      List<Snapshot.Contact> contacts,
      Snapshot.Cart cart,
      List<Touchpoint> journey) {
    return new Snapshot(
        customerId,
        version,
        TEN,
        new Snapshot.Identity(
            Map.of("phone", List.of("+982112345678")), Map.of("name", "سارا"), "fa", TEN),
        List.of(),
        new Snapshot.CurrentActivity(contacts, cart, List.of(), List.of(), List.of(), TEN),
        new Snapshot.History(List.of(), Map.of(), Map.of(), journey, List.of(), TEN),
        null,
        null,
        List.of(),
        null,
        Map.of());
  }

  public static Snapshot snapshot(String customerId, long version) {
    return snapshot(customerId, version, List.of(), null, List.of());
  }

  /** An event about a call of the customer. */
  public static String event(String id, String customerId) {
    return """
        {"specversion":"1.0","id":"%s","source":"/pbx/test","type":"contact.initiated",\
        "time":"2026-11-22T10:00:00Z","subject":"%s","traceparent":"00-ab",\
        "data":{"channel":"voice","price":1234567890123456789.125}}"""
        .formatted(id, customerId);
  }
}
