package io.nabz.api.http;

import io.nabz.api.privacy.PersonalData;
import io.nabz.api.privacy.Sight;
import io.nabz.api.store.CustomerSnapshot;
import io.nabz.api.store.SearchFields;
import io.nabz.api.store.ViewStore;
import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.Money;
import io.nabz.model.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A customer among those found; what the asker may not see is left out.
 *
 * @param marketingConsent the channels for which marketing is allowed, {@code *} for all; null when
 *     the customer has not said
 */
record Hit(
    String customerId,
    String name,
    Map<String, List<String>> identifiers,
    List<String> flags,
    String sentiment,
    String tier,
    String stage,
    Money spend,
    long orders,
    Instant lastContactAt,
    List<String> marketingConsent) {
  private static final String MARKETING = "marketing";

  /** As it is now; one that was forgotten meanwhile is no hit any more. */
  static Optional<Hit> of(ViewStore store, CustomerKey key, Sight sight) {
    return store
        .snapshot(key)
        .filter(snapshot -> snapshot.redirectTo() == null)
        .map(CustomerSnapshot::json)
        .map(json -> of(json, sight));
  }

  private static Hit of(byte[] json, Sight sight) {
    Snapshot snapshot;
    try {
      snapshot = Json.read(json, Snapshot.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the snapshot view is damaged", e);
    }
    SearchFields fields = SearchFields.of(snapshot);
    return new Hit(
        snapshot.customerId(),
        sight != Sight.INDIRECT && !fields.names().isEmpty() ? fields.names().get(0) : null,
        PersonalData.identifiers(fields.identifiers(), sight),
        fields.flags(),
        fields.sentiment(),
        fields.tier(),
        fields.stage(),
        snapshot.value() == null ? null : snapshot.value().spend(),
        fields.orders(),
        fields.lastContactAt(),
        consent(snapshot.identity()));
  }

  private static List<String> consent(Snapshot.Identity identity) {
    if (identity == null || identity.consents() == null) {
      return null;
    }
    List<Snapshot.Consent> said =
        identity.consents().stream().filter(one -> MARKETING.equals(one.purpose())).toList();
    return said.isEmpty()
        ? null
        : said.stream()
            .filter(Snapshot.Consent::granted)
            .map(one -> one.channel() == null ? "*" : one.channel())
            .toList();
  }
}
