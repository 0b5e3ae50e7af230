package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.LocalisedText;
import io.nabz.model.Severity;
import java.util.List;

/** A customer of whom everything is known that not everybody may see. */
public final class PersonSample {
  public static final String PHONE = "+989123456789";
  public static final String NATIONAL_ID = "0012346789";

  /** What names, reaches or finds the person. */
  public static final List<String> DIRECT =
      List.of(
          "Rezaei",
          "rezaei",
          PHONE,
          "09123456789",
          "9123456789",
          "ali@example.com",
          NATIONAL_ID,
          "L-777",
          "dev-42",
          "Valiasr 12",
          "1990-05-01",
          "whatsapp-9911");

  private PersonSample() {}

  public static byte[] snapshot(String customerId) {
    return """
        {"customerId": "%s", "version": 3, "asOf": "2026-11-22T10:00:00Z",
         "identity": {
           "identifiers": {"customerId": ["%s"], "phone": ["+989123456789"],
             "email": ["ali@example.com"], "nationalId": ["0012346789"], "loyaltyId": ["L-777"],
             "deviceId": ["dev-42"]},
           "attributes": {"name": "Ali Rezaei", "city": "تهران", "address": "Valiasr 12",
             "birthDate": "1990-05-01", "otherHandle": "whatsapp-9911"},
           "language": "fa", "asOf": "2026-11-22T10:00:00Z"},
         "relationships": [{"customer": "C-7", "kind": "household"}],
         "currentActivity": {"contacts": [], "orders": [], "cases": [
             {"caseId": "case-1", "topic": "refund for Rezaei", "state": "open",
              "openedAt": "2026-11-22T10:00:00Z", "updatedAt": "2026-11-22T10:00:00Z"}],
           "callbacks": [], "asOf": "2026-11-22T10:00:00Z"},
         "history": {"contacts": [], "counts": {}, "journey": [%s], "campaigns": [],
           "asOf": "2026-11-22T10:00:00Z"},
         "value": {"orders": 4, "tier": "gold", "products": ["mug for ali@example.com"],
           "asOf": "2026-11-22T10:00:00Z"},
         "sentiment": {"score": -0.4, "label": "negative",
           "lastText": {"text": "I am Ali Rezaei, call 0912 345 6789 or write to ali@example.com",
             "spans": [[5, 8, -0.6]]}, "emotions": [], "asOf": "2026-11-22T10:00:00Z"},
         "flags": [], "freshness": {"/app/+989123456789": {"lastEventAt": "2026-11-22T10:00:00Z",
           "lagMs": 4}},
         "addedLater": {"nickname": "rezaei"}}
        """
        .formatted(customerId, customerId, new String(touchpoint(), UTF_8))
        .getBytes(UTF_8);
  }

  public static byte[] touchpoint() {
    return """
        {"eventId": "m-1", "type": "message.received", "time": "2026-11-22T09:59:00Z",
         "channel": "chat", "contactId": "k-1", "text": "ali rezaei, Valiasr 12, L-777, 09123456789"}
        """
        .strip()
        .getBytes(UTF_8);
  }

  public static Alert alert(String alertId, String customerId) {
    return new Alert(
        alertId,
        "cart-abandoned",
        1,
        customerId,
        Audience.MARKETING,
        Severity.LOW,
        AlertState.OPEN,
        null,
        null,
        null,
        new LocalisedText("Ali Rezaei left a cart", "Ali Rezaei سبدش را رها کرد"),
        new LocalisedText("Call +989123456789", "به +989123456789 زنگ بزنید"),
        List.of(new Alert.Evidence("cart", "e-9", "cart.item_added", Samples.TEN)),
        null,
        new Alert.Times(Samples.TEN, Samples.TEN, Samples.TEN, null));
  }
}
