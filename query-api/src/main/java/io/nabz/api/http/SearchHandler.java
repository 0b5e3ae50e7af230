package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.auth.Principal;
import io.nabz.api.privacy.Sight;
import io.nabz.api.search.CustomerQuery;
import io.nabz.api.search.CustomerSearch;
import io.nabz.api.store.ViewStore;
import io.nabz.model.IdentifierNormaliser;
import java.time.Clock;
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
        found.keys().stream()
            .map(key -> Hit.of(store, key, sight))
            .flatMap(Optional::stream)
            .toList();
    audit.read(ctx, "customers.find", hits.stream().map(Hit::customerId).toList());
    int next = offset + limit;
    boolean more = next < found.total() && next <= CustomerSearch.MAX_OFFSET;
    Views.json(
        ctx, new Found(hits, found.total(), found.facets(), more ? Integer.toString(next) : null));
  }
}
