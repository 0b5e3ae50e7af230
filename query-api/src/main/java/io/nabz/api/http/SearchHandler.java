package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.auth.Principal;
import io.nabz.api.privacy.PersonalData;
import io.nabz.api.privacy.Sight;
import io.nabz.api.search.CustomerQuery;
import io.nabz.api.search.CustomerSearch;
import io.nabz.api.store.CustomerSnapshot;
import io.nabz.api.store.SearchFields;
import io.nabz.api.store.ViewStore;
import io.nabz.model.CustomerKey;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.Json;
import io.nabz.model.Money;
import io.nabz.model.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.Query;

/** Finds customers. Marketers see how many there are and which, but neither names nor handles. */
final class SearchHandler {
  private final CustomerSearch search;
  private final ViewStore store;
  private final IdentifierNormaliser normaliser;
  private final Audit audit;
  private final Clock clock;

  SearchHandler(
      CustomerSearch search,
      ViewStore store,
      IdentifierNormaliser normaliser,
      Audit audit,
      Clock clock) {
    this.audit = audit;
    this.search = search;
    this.store = store;
    this.normaliser = normaliser;
    this.clock = clock;
  }

  /** A customer among those found; what the asker may not see is left out. */
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
      Instant lastContactAt) {}

  record Found(
      List<Hit> items, long total, Map<String, Map<String, Long>> facets, String nextCursor) {}

  void find(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    Sight sight = Params.sight(principal);
    int limit = Params.limit(ctx);
    int offset = Params.offset(ctx, CustomerSearch.MAX_OFFSET);
    Query query;
    try {
      query =
          new CustomerQuery(normaliser, clock.instant(), sight != Sight.INDIRECT)
              .parse(principal.tenant(), Params.text(ctx, "q"));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("q: " + e.getMessage());
    }
    CustomerSearch.Found found = search.find(query, offset, limit);
    List<Hit> hits =
        found.keys().stream().map(key -> hit(key, sight)).flatMap(Optional::stream).toList();
    audit.read(ctx, "customers.find", hits.stream().map(Hit::customerId).toList());
    int next = offset + limit;
    boolean more = next < found.total() && next <= CustomerSearch.MAX_OFFSET;
    Views.json(
        ctx, new Found(hits, found.total(), found.facets(), more ? Integer.toString(next) : null));
  }

  /** As it is now; one that was forgotten meanwhile is no hit any more. */
  private Optional<Hit> hit(CustomerKey key, Sight sight) {
    return store
        .snapshot(key)
        .filter(snapshot -> snapshot.redirectTo() == null)
        .map(CustomerSnapshot::json)
        .map(json -> hit(json, sight));
  }

  private static Hit hit(byte[] json, Sight sight) {
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
        fields.lastContactAt());
  }
}
