package io.nabz.rules.engine;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerKey;
import io.nabz.model.Identifier;
import io.nabz.model.StableHash;

/**
 * What stands in a customer's place for rules across customers: one value of one field of the
 * events of a tenant, {@code default/data.code/E-42}.
 *
 * @param field dotted path in the event, without a slash
 * @param value at most {@link Matching#MAX_BY} characters; longer ones are cut
 */
public record CrowdKey(String tenant, String field, String value) {
  private static final String SOURCE = "source";

  public CrowdKey {
    requireNonNull(field, "field is null");
    requireNonNull(value, "value is null");
    if (!CustomerKey.isTenant(tenant) || field.indexOf('/') >= 0) {
      throw new IllegalArgumentException("a crowd's key is tenant/field/value");
    }
    value = Matching.bounded(value);
  }

  /** A source of the tenant's events. */
  public static CrowdKey ofSource(String tenant, String source) {
    return new CrowdKey(tenant, SOURCE, source);
  }

  /** A queue of the tenant's floor. */
  public static CrowdKey ofQueue(String tenant, String queue) {
    return new CrowdKey(tenant, Alerts.QUEUE, queue);
  }

  /** Whether it is one of the sources. */
  public boolean isSource() {
    return field.equals(SOURCE);
  }

  /** Reads what {@link #toString()} wrote. */
  public static CrowdKey parse(String key) {
    int field = key.indexOf('/') + 1;
    int value = key.indexOf('/', field) + 1;
    if (field == 0 || value == 0) {
      throw new IllegalArgumentException("a crowd's key is tenant/field/value");
    }
    return new CrowdKey(
        key.substring(0, field - 1), key.substring(field, value - 1), key.substring(value));
  }

  /**
   * The key of the rule's alerts in their topic. No customer's key is like it: what follows the
   * mark of a provisional customer never has a slash.
   */
  public String ofAlerts(String ruleId) {
    return tenant + '/' + Identifier.PROVISIONAL + ruleId + '/' + StableHash.id(field, value);
  }

  @Override
  public String toString() {
    return tenant + '/' + field + '/' + value;
  }
}
