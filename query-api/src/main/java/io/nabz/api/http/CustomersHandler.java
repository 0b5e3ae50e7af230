package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.live.LiveHub;
import io.nabz.api.store.CustomerSnapshot;
import io.nabz.api.store.ViewStore;
import io.nabz.model.CustomerKey;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.model.Touchpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** One customer: the snapshot, its timeline and its stream. */
final class CustomersHandler {
  private final ViewStore store;
  private final LiveHub hub;
  private final IdentifierNormaliser normaliser;

  CustomersHandler(ViewStore store, LiveHub hub, IdentifierNormaliser normaliser) {
    this.store = store;
    this.hub = hub;
    this.normaliser = normaliser;
  }

  void snapshot(Context ctx) {
    Views.json(ctx, find(Params.customer(ctx)).json());
  }

  void byIdentifier(Context ctx) {
    String tenant = AccessGate.principal(ctx).tenant();
    IdentifierType type = IdentifierType.ofOrNull(ctx.pathParam("identifier"));
    if (type == null) {
      throw ProblemException.badRequest(
          "ask by customerId, loyaltyId, phone, email, nationalId, social, deviceId, anonymousId"
              + " or sessionId");
    }
    Identifier identifier = normaliser.normalise(type, ctx.pathParam("value"));
    if (identifier == null) {
      throw ProblemException.badRequest("nothing of the value is usable as " + type.code());
    }
    String customerId =
        type == IdentifierType.CUSTOMER_ID
            ? identifier.value()
            : store
                .customerOf(tenant, type.code(), identifier.value())
                .orElseGet(identifier::provisionalCustomerId);
    Views.json(ctx, find(new CustomerKey(tenant, customerId)).json());
  }

  void timeline(Context ctx) {
    int limit = Params.limit(ctx);
    String after = Params.text(ctx, "cursor");
    List<Touchpoint> journey = journey(find(Params.customer(ctx)));
    int from = after == null ? 0 : after(journey, after);
    int to = Math.min(journey.size(), from + limit);
    String next = to < journey.size() ? cursor(journey.get(to - 1)) : null;
    Views.json(ctx, new Views.Page<>(journey.subList(from, to), next, null));
  }

  void stream(Context ctx) {
    CustomerKey key = Params.customer(ctx);
    long after = version(Params.lastEventId(ctx));
    find(key);
    EventStream.open(ctx, hub, client -> hub.watchSnapshot(client, key, after));
  }

  private CustomerSnapshot find(CustomerKey key) {
    return store
        .snapshot(key)
        .orElseThrow(() -> ProblemException.notFound("no event of this customer has come yet"));
  }

  private static List<Touchpoint> journey(CustomerSnapshot snapshot) {
    try {
      Snapshot.History history = Json.read(snapshot.json(), Snapshot.class).history();
      return history == null || history.journey() == null ? List.of() : history.journey();
    } catch (IOException e) {
      throw new UncheckedIOException("the snapshot view is damaged", e);
    }
  }

  /** The journey grows at its head, so a page is continued after an event and not at a number. */
  private static int after(List<Touchpoint> journey, String cursor) {
    for (int i = 0; i < journey.size(); i++) {
      if (cursor(journey.get(i)).equals(cursor)) {
        return i + 1;
      }
    }
    // The step has left the bounded journey, and all that is older with it.
    return journey.size();
  }

  private static String cursor(Touchpoint step) {
    byte[] id = (step.time() + " " + step.eventId()).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  /** An id that is no version means that the client has nothing. */
  private static long version(String id) {
    try {
      return id == null ? -1 : Long.parseLong(id);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
