package io.nabz.benchmarks;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Times an alert from the event that completed its match, the last of its evidence. How many there
 * are is the job's to say, but each flag that holds in the end must have alerted, and no alert may
 * come twice.
 */
final class AlertProbe implements Probe {
  /** A rule that alerted for a customer. */
  record Raised(String ruleId, String customerId) {}

  private final SnapshotProbe snapshots;
  private final Map<String, List<AlertState>> told = new HashMap<>();
  private final Set<Raised> raised = new HashSet<>();
  private String doubled;

  AlertProbe(SnapshotProbe snapshots) {
    this.snapshots = requireNonNull(snapshots, "snapshots is null");
  }

  @Override
  public String title() {
    return "event -> alert";
  }

  @Override
  public String topic() {
    return Topic.ALERTS.topicName();
  }

  @Override
  public boolean everyEvent() {
    return false;
  }

  @Override
  public void read(byte[] key, byte[] value, EffectLog effects) {
    if (value == null) {
      return;
    }
    Alert alert = alert(value);
    List<AlertState> states = told.computeIfAbsent(alert.alertId(), id -> new ArrayList<>(2));
    if (states.contains(alert.state())) {
      doubled =
          "%s of %s was %s, then %s again"
              .formatted(alert.alertId(), alert.ruleId(), states, alert.state());
      effects.duplicate();
      return;
    }
    states.add(alert.state());
    raised.add(new Raised(alert.ruleId(), alert.customerId()));
    List<Alert.Evidence> evidence = alert.evidence();
    if (evidence.isEmpty()) {
      return;
    }
    Alert.Evidence last = evidence.get(evidence.size() - 1);
    // What the passing of time has matched has no event that it could be timed from.
    if (alert.times().eventAt().equals(last.time())) {
      effects.effect(SequenceId.parse(last.eventId()));
    }
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (doubled != null) {
      problems.add("alert " + doubled);
    }
    Set<Raised> silent = snapshots.flagsThatHold();
    silent.removeAll(raised);
    if (!silent.isEmpty()) {
      problems.add(
          silent.size()
              + " flags hold in the last snapshots but have no alert, e.g. "
              + silent.iterator().next());
    }
    return problems;
  }

  private static Alert alert(byte[] value) {
    try {
      return Json.read(value, Alert.class);
    } catch (IOException e) {
      throw new UncheckedIOException("an alert in the topic cannot be read", e);
    }
  }
}
