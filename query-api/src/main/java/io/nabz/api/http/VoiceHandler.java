package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.store.ViewStore;
import io.nabz.api.store.VoiceQuery;
import java.util.List;

/** What customers say, over a period. */
final class VoiceHandler {
  private final ViewStore store;
  private final Audit audit;

  VoiceHandler(ViewStore store, Audit audit) {
    this.store = store;
    this.audit = audit;
  }

  void read(Context ctx) {
    try {
      VoiceQuery query = Params.voiceQuery(ctx);
      // Examples are masked and name nobody.
      audit.read(ctx, "voice.read", List.of());
      Views.json(ctx, store.voice(AccessGate.principal(ctx).tenant(), query));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(e.getMessage());
    }
  }
}
