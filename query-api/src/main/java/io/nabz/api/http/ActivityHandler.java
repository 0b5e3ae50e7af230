package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.live.LiveHub;
import io.nabz.api.store.Activity;
import io.nabz.api.store.ViewStore;
import java.util.List;
import java.util.stream.Stream;

/** The floor now, once and live. */
final class ActivityHandler {
  private final ViewStore store;
  private final LiveHub hub;
  private final Audit audit;

  ActivityHandler(ViewStore store, LiveHub hub, Audit audit) {
    this.audit = audit;
    this.store = store;
    this.hub = hub;
  }

  void now(Context ctx) {
    Activity floor = store.activity(AccessGate.principal(ctx).tenant());
    audit.read(
        ctx,
        "activity.read",
        Stream.concat(
                floor.contacts().stream().map(Activity.Contact::customerId),
                floor.carts().stream().map(Activity.Cart::customerId))
            .distinct()
            .toList());
    Views.json(ctx, floor);
  }

  void stream(Context ctx) {
    String tenant = AccessGate.principal(ctx).tenant();
    audit.read(ctx, "activity.watch", List.of());
    EventStream.open(ctx, hub, client -> hub.watchActivity(client, tenant));
  }
}
