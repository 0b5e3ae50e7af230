package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.audit.AuditEntry;
import io.nabz.api.audit.AuditTrail;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Role;
import java.time.Clock;
import java.util.List;

/** Tells the audit trail what a request has done, in the handler that knows of whom. */
final class Audit {
  private final AuditTrail trail;
  private final Clock clock;

  Audit(AuditTrail trail, Clock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /** Somebody was shown this customer. */
  void read(Context ctx, String action, String customer) {
    add(ctx, action, List.of(customer), null);
  }

  /** Somebody was shown these customers; a live list names none, since who comes is not known. */
  void read(Context ctx, String action, List<String> customers) {
    add(ctx, action, customers, null);
  }

  /** Somebody changed something. */
  void change(Context ctx, String action, String object) {
    add(ctx, action, List.of(), object);
  }

  private void add(Context ctx, String action, List<String> customers, String object) {
    Principal principal = AccessGate.principal(ctx);
    trail.add(
        new AuditEntry(
            clock.instant(),
            principal.tenant(),
            principal.subject(),
            principal.roles().stream().map(Role::code).sorted().toList(),
            action,
            customers,
            object));
  }
}
