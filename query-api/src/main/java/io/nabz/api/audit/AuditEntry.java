package io.nabz.api.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * One thing that somebody did through the API. It says of whom, never what was found: no names and
 * no handles.
 *
 * @param by the credential's subject
 * @param action e.g. {@code customer.read} or {@code alert.resolve}
 * @param customers of whom; of a list the first {@value #MAX_CUSTOMERS}
 * @param object what was changed, e.g. an alert or a rule; null for a read
 */
public record AuditEntry(
    Instant at,
    String tenant,
    String by,
    List<String> roles,
    String action,
    List<String> customers,
    String object) {
  public static final int MAX_CUSTOMERS = 500;

  public AuditEntry {
    requireNonNull(at, "at is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(by, "by is null");
    roles = List.copyOf(roles);
    requireNonNull(action, "action is null");
    customers =
        List.copyOf(
            customers.size() > MAX_CUSTOMERS ? customers.subList(0, MAX_CUSTOMERS) : customers);
  }
}
