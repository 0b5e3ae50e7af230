package io.nabz.api;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.LocalisedText;
import io.nabz.model.Severity;
import io.nabz.model.SuppressionReason;
import io.nabz.model.Touchpoint;
import java.time.Instant;
import java.util.List;

/** Offers that are due, and the orders that may follow. */
public final class OfferSamples {
  private OfferSamples() {}

  /** As the arbiter lets it out, or holds it back for the comparison. */
  public static Alert due(String alertId, String customerId, boolean heldOut, Instant at) {
    Alert alert =
        new Alert(
            alertId,
            "cart-left",
            1,
            customerId,
            Audience.MARKETING,
            Severity.INFO,
            AlertState.OPEN,
            null,
            null,
            null,
            new LocalisedText("A cart was left", "سبدی رها شد"),
            null,
            List.of(),
            new Alert.Offer("free-delivery", heldOut ? "holdout" : "treatment"),
            new Alert.Times(at, at, at, null));
    return heldOut
        ? alert.suppressed(new Alert.Suppression(SuppressionReason.HOLDOUT, "free-delivery", null))
        : alert;
  }

  public static Touchpoint order(String eventId, Instant at) {
    return new Touchpoint(
        eventId,
        "order.placed",
        at,
        "web",
        null,
        null,
        null,
        null,
        null,
        null,
        "o-1",
        null,
        null,
        null,
        null);
  }
}
