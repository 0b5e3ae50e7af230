package io.nabz.api.store;

import io.nabz.model.KpiKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a batch of records has changed, for those who watch.
 *
 * @param snapshots the newest of each customer
 * @param alerts in the order of their positions
 * @param actions what became of them
 * @param activity tenants whose floor has changed
 * @param kpis figures that are new or have changed
 * @param unreadable how many records were skipped since they hold nothing of the vocabulary
 */
public record ViewChanges(
    List<CustomerSnapshot> snapshots,
    List<AlertChange> alerts,
    List<ActionResult> actions,
    Set<String> activity,
    Map<KpiKey, byte[]> kpis,
    int unreadable) {
  public ViewChanges {
    snapshots = List.copyOf(snapshots);
    alerts = List.copyOf(alerts);
    actions = List.copyOf(actions);
    activity = Set.copyOf(activity);
    kpis = Map.copyOf(kpis);
  }

  /** Alerts that have changed by the passing of time. */
  static ViewChanges ofAlerts(List<AlertChange> alerts) {
    return new ViewChanges(List.of(), alerts, List.of(), Set.of(), Map.of(), 0);
  }
}
