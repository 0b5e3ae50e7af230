package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.live.LiveHub;
import io.nabz.api.privacy.PersonalData;
import io.nabz.api.privacy.Sight;
import io.nabz.api.store.AlertPage;
import io.nabz.api.store.AlertQuery;
import io.nabz.api.store.Position;
import io.nabz.api.store.ViewStore;
import java.util.List;
import java.util.Objects;

/** The alerts, as a list and live. */
final class AlertsHandler {
  private final ViewStore store;
  private final LiveHub hub;
  private final PersonalData personal;
  private final Audit audit;

  AlertsHandler(ViewStore store, LiveHub hub, Audit audit) {
    this.audit = audit;
    this.personal = new PersonalData(store);
    this.store = store;
    this.hub = hub;
  }

  void list(Context ctx) {
    AlertQuery query = Params.alertQuery(ctx);
    int limit = Params.limit(ctx);
    Position cursor = Params.cursor(ctx);
    if (cursor != null && !store.knows(cursor)) {
      throw ProblemException.badRequest("cursor: not known any more; start from the first page");
    }
    String tenant = AccessGate.principal(ctx).tenant();
    Sight sight = Params.sight(AccessGate.principal(ctx));
    AlertPage page = store.alerts(tenant, query, limit, cursor);
    audit.read(
        ctx,
        "alerts.list",
        page.items().stream()
            .map(served -> served.alert().customerId())
            .filter(Objects::nonNull)
            .distinct()
            .toList());
    Views.json(
        ctx,
        new Views.Page<>(
            page.items().stream().map(served -> personal.alert(tenant, served, sight)).toList(),
            page.next() == null ? null : page.next().toString(),
            page.live().toString()));
  }

  void stream(Context ctx) {
    AlertQuery query = Params.alertQuery(ctx);
    String tenant = AccessGate.principal(ctx).tenant();
    String after = Params.lastEventId(ctx);
    audit.read(ctx, "alerts.watch", List.of());
    Sight sight = Params.sight(AccessGate.principal(ctx));
    EventStream.open(ctx, hub, client -> hub.watchAlerts(client, tenant, query, sight, after));
  }
}
