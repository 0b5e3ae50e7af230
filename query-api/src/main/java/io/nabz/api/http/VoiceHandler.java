package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.store.ViewStore;
import io.nabz.api.store.VoiceQuery;

/** What customers say, over a period. */
final class VoiceHandler {
  private final ViewStore store;

  VoiceHandler(ViewStore store) {
    this.store = store;
  }

  void read(Context ctx) {
    try {
      VoiceQuery query = Params.voiceQuery(ctx);
      Views.json(ctx, store.voice(AccessGate.principal(ctx).tenant(), query));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(e.getMessage());
    }
  }
}
