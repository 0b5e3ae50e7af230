package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.rules.RuleStore;
import io.nabz.api.store.CustomerSnapshot;
import io.nabz.api.store.ViewStore;
import io.nabz.model.Audience;
import io.nabz.model.CustomerKey;
import io.nabz.rules.engine.UnderWay;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What rules have under way of one customer: those of the asker's audiences. */
final class CustomerRulesHandler {
  private final ViewStore store;
  private final RuleStore rules;
  private final Audit audit;
  private final Clock clock;

  CustomerRulesHandler(ViewStore store, RuleStore rules, Audit audit, Clock clock) {
    this.store = store;
    this.rules = rules;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * @param at what had ended by then is left out
   */
  record Explained(String customerId, Instant at, List<UnderWay> items) {}

  void explain(Context ctx) {
    CustomerKey key = Params.customer(ctx);
    Instant asked = Params.instant(ctx, "at");
    CustomerSnapshot snapshot =
        store
            .snapshot(key)
            .orElseThrow(() -> ProblemException.notFound("no event of this customer has come yet"));
    if (CustomersHandler.redirects(ctx, snapshot, "/rules")) {
      return;
    }
    audit.read(ctx, "customer.rules", key.customerId());
    Instant at = asked == null ? clock.instant() : asked;
    byte[] told = store.underWay(key);
    Set<Audience> visible = Params.visibleAudiences(AccessGate.principal(ctx));
    List<UnderWay> items =
        told == null
            ? List.of()
            : UnderWay.read(rules.running(key.tenant()), told, at).stream()
                .filter(rule -> visible.contains(rule.audience()))
                .toList();
    Views.json(ctx, new Explained(key.customerId(), at, items));
  }
}
