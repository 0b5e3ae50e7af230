package io.nabz.api.http;

import com.fasterxml.jackson.databind.util.RawValue;
import io.javalin.http.Context;
import io.nabz.api.live.LiveHub;
import io.nabz.api.store.KpiPage;
import io.nabz.api.store.KpiQuery;
import io.nabz.api.store.ViewStore;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The floor's figures, as a list and live. */
final class KpisHandler {
  private final ViewStore store;
  private final LiveHub hub;

  KpisHandler(ViewStore store, LiveHub hub) {
    this.store = store;
    this.hub = hub;
  }

  void list(Context ctx) {
    KpiQuery query = Params.kpiQuery(ctx);
    int limit = Params.limit(ctx);
    KpiPage page;
    try {
      page =
          store.kpis(AccessGate.principal(ctx).tenant(), query, limit, Params.text(ctx, "cursor"));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(e.getMessage());
    }
    List<RawValue> items =
        page.items().stream()
            .map(json -> new RawValue(new String(json, StandardCharsets.UTF_8)))
            .toList();
    Views.json(ctx, new Views.Page<>(items, page.next(), null));
  }

  void stream(Context ctx) {
    KpiQuery query = Params.kpiQuery(ctx);
    String tenant = AccessGate.principal(ctx).tenant();
    EventStream.open(ctx, hub, client -> hub.watchKpis(client, tenant, query));
  }
}
