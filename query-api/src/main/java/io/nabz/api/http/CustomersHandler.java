package io.nabz.api.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.live.LiveHub;
import io.nabz.api.privacy.PersonalData;
import io.nabz.api.privacy.Sight;
import io.nabz.api.store.CustomerSnapshot;
import io.nabz.api.store.TimelinePage;
import io.nabz.api.store.ViewStore;
import io.nabz.model.CustomerKey;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** One customer: the snapshot, its timeline and its stream, as the asker's role may see them. */
final class CustomersHandler {
  private static final int MAX_HOPS = 4;

  private final ViewStore store;
  private final LiveHub hub;
  private final IdentifierNormaliser normaliser;
  private final PersonalData personal;
  private final Audit audit;

  CustomersHandler(ViewStore store, LiveHub hub, IdentifierNormaliser normaliser, Audit audit) {
    this.audit = audit;
    this.personal = new PersonalData(store);
    this.store = store;
    this.hub = hub;
    this.normaliser = normaliser;
  }

  void snapshot(Context ctx) {
    CustomerSnapshot snapshot = find(Params.customer(ctx));
    if (!redirects(ctx, snapshot, "")) {
      audit.read(ctx, "customer.read", snapshot.key().customerId());
      Views.json(ctx, PersonalData.snapshot(snapshot.json(), sight(ctx)));
    }
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
    CustomerSnapshot snapshot = follow(find(new CustomerKey(tenant, customerId)));
    audit.read(ctx, "customer.read", snapshot.key().customerId());
    Views.json(ctx, PersonalData.snapshot(snapshot.json(), sight(ctx)));
  }

  void timeline(Context ctx) {
    CustomerKey key = Params.customer(ctx);
    if (redirects(ctx, find(key), "/timeline")) {
      return;
    }
    audit.read(ctx, "customer.timeline", key.customerId());
    TimelinePage page;
    try {
      page = store.timeline(key, Params.limit(ctx), Params.text(ctx, "cursor"));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("cursor: " + e.getMessage());
    }
    Views.json(
        ctx,
        new Views.Page<>(
            personal.touchpoints(key, page.items(), sight(ctx)), page.nextCursor(), null));
  }

  void stream(Context ctx) {
    CustomerKey key = Params.customer(ctx);
    long after = version(Params.lastEventId(ctx));
    if (redirects(ctx, find(key), "/stream")) {
      return;
    }
    audit.read(ctx, "customer.watch", key.customerId());
    Sight sight = sight(ctx);
    EventStream.open(
        ctx,
        hub,
        client ->
            hub.watchSnapshot(client, key, after, json -> PersonalData.snapshot(json, sight)));
  }

  private static Sight sight(Context ctx) {
    return Params.sight(AccessGate.principal(ctx));
  }

  /**
   * Sends the caller on if this is somebody else by now. The answer may not be kept: what was
   * joined can be split again.
   */
  static boolean redirects(Context ctx, CustomerSnapshot snapshot, String below) {
    CustomerKey to = snapshot.redirectTo();
    if (to == null) {
      return false;
    }
    String id = URLEncoder.encode(to.customerId(), StandardCharsets.UTF_8).replace("+", "%20");
    String query = ctx.queryString() == null ? "" : "?" + ctx.queryString();
    ctx.header("Cache-Control", "no-store")
        .redirect("/v1/customers/" + id + below + query, HttpStatus.PERMANENT_REDIRECT);
    return true;
  }

  /** A visitor may lead to another and that one to a customer; nothing leads further than this. */
  private CustomerSnapshot follow(CustomerSnapshot snapshot) {
    CustomerSnapshot at = snapshot;
    for (int hops = 0; hops < MAX_HOPS && at.redirectTo() != null; hops++) {
      at = find(at.redirectTo());
    }
    return at;
  }

  private CustomerSnapshot find(CustomerKey key) {
    return store
        .snapshot(key)
        .orElseThrow(() -> ProblemException.notFound("no event of this customer has come yet"));
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
