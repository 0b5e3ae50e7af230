package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.store.ViewStore;

/** What offers have brought, against the hold-out. */
final class OffersHandler {
  private final ViewStore store;

  OffersHandler(ViewStore store) {
    this.store = store;
  }

  /** Sums alone, which name nobody, so it is no read of a person. */
  void list(Context ctx) {
    Views.json(ctx, store.offers(AccessGate.principal(ctx).tenant(), Params.offerQuery(ctx)));
  }
}
