package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.live.LiveHub;
import io.nabz.api.store.ViewStore;

/** The floor now, once and live. */
final class ActivityHandler {
  private final ViewStore store;
  private final LiveHub hub;

  ActivityHandler(ViewStore store, LiveHub hub) {
    this.store = store;
    this.hub = hub;
  }

  void now(Context ctx) {
    Views.json(ctx, store.activity(AccessGate.principal(ctx).tenant()));
  }

  void stream(Context ctx) {
    String tenant = AccessGate.principal(ctx).tenant();
    EventStream.open(ctx, hub, client -> hub.watchActivity(client, tenant));
  }
}
