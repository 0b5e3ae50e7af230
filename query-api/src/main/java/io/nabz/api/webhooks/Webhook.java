package io.nabz.api.webhooks;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Alert;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * An address that is told of alerts. Empty lists ask for any.
 *
 * @param named whether only alerts come of rules that name it in {@code then.webhook}; alerts of
 *     those come whatever the lists say
 * @param personalData whether texts of alerts go out with names and handles in them
 * @param secret {@code whsec_...}
 * @param formerSecret the one before, with which is signed too until {@code formerUntil}; or null
 */
public record Webhook(
    String tenant,
    String id,
    URI url,
    boolean enabled,
    List<String> audiences,
    List<String> severities,
    List<String> rules,
    boolean named,
    boolean personalData,
    String secret,
    String formerSecret,
    Instant formerUntil,
    Instant changedAt,
    String changedBy) {
  public Webhook {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(id, "id is null");
    requireNonNull(url, "url is null");
    audiences = audiences == null ? List.of() : List.copyOf(audiences);
    severities = severities == null ? List.of() : List.copyOf(severities);
    rules = rules == null ? List.of() : List.copyOf(rules);
    requireNonNull(secret, "secret is null");
  }

  /** Whether it wants the alert, of a rule that does not name it. */
  boolean wants(Alert alert) {
    return !named
        && fits(audiences, alert.audience().code())
        && fits(severities, alert.severity().code())
        && fits(rules, alert.ruleId());
  }

  private static boolean fits(List<String> wanted, String found) {
    return wanted.isEmpty() || wanted.contains(found);
  }

  /** The secrets to sign with at that time. */
  List<String> secretsAt(Instant now) {
    return formerSecret != null && formerUntil != null && now.isBefore(formerUntil)
        ? List.of(secret, formerSecret)
        : List.of(secret);
  }

  Webhook withSecret(String fresh, Instant formerGoodUntil, Instant at, String by) {
    return new Webhook(
        tenant,
        id,
        url,
        enabled,
        audiences,
        severities,
        rules,
        named,
        personalData,
        fresh,
        secret,
        formerGoodUntil,
        at,
        by);
  }

  Webhook disabled(Instant at, String by) {
    return new Webhook(
        tenant,
        id,
        url,
        false,
        audiences,
        severities,
        rules,
        named,
        personalData,
        secret,
        formerSecret,
        formerUntil,
        at,
        by);
  }

  /** Without the secrets, which are no business of a log. */
  @Override
  public String toString() {
    return "Webhook[" + tenant + '/' + id + ']';
  }
}
