package io.nabz.rules.engine;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.rules.language.RuleReader;
import io.nabz.testkit.Events;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A customer under rules in a test; after each event the state goes through its bytes. */
final class Play {
  static final CustomerKey KEY = new CustomerKey("default", "C-1");

  final List<Alert> alerts = new ArrayList<>();
  RuleState state = new RuleState();
  private final RuleEngine engine = new RuleEngine();
  private RuleSet rules;
  private Map<String, Object> customer = Map.of();
  private long watermarkMs = RuleEngine.NO_WATERMARK;
  private CrowdKey crowd;
  private boolean holds;

  Play(RuleSet rules) {
    this.rules = rules;
  }

  static Play of(String... yaml) {
    return new Play(set(yaml));
  }

  static RuleSet set(String... yaml) {
    return new RuleSet(Stream.of(yaml).map(Play::compile).toList());
  }

  static CompiledRule compile(String yaml) {
    return RuleCompiler.compile(RuleReader.read(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  Play rules(RuleSet newRules) {
    rules = newRules;
    return this;
  }

  Play knowing(Map<String, Object> facets) {
    customer = facets;
    return this;
  }

  /** From here on the state stays in memory. */
  Play holding() {
    holds = true;
    return this;
  }

  /** From here on it is not a customer but the crowd of that value; other events pass by. */
  Play across(CrowdKey newCrowd) {
    crowd = newCrowd;
    return this;
  }

  Play with(Event... events) {
    Crowds crowds = new Crowds(rules.rules().stream().filter(r -> r.rule().isAcross()).toList());
    for (Event event : events) {
      if (crowd != null && !crowds.keysOf(event).contains(crowd)) {
        continue;
      }
      Instant receivedAt = event.time().plusMillis(40);
      engine.apply(rules, state, event, watermarkMs, call(event, receivedAt));
      forget();
    }
    return this;
  }

  /** Lets the customer's clock and the watermark go on to that long after the start. */
  Play until(Duration sinceStart) {
    watermarkMs = Events.START.plus(sinceStart).toEpochMilli();
    engine.advance(rules, state, watermarkMs, watermarkMs, call(null, null));
    forget();
    return this;
  }

  List<String> open() {
    return ids(AlertState.OPEN);
  }

  List<String> retracted() {
    return ids(AlertState.RETRACTED);
  }

  /** Event ids of the evidence of each open alert. */
  List<List<String>> evidence() {
    return alerts.stream()
        .filter(alert -> alert.state() == AlertState.OPEN)
        .map(alert -> alert.evidence().stream().map(Alert.Evidence::eventId).toList())
        .toList();
  }

  private List<String> ids(AlertState wanted) {
    return alerts.stream().filter(a -> a.state() == wanted).map(Alert::alertId).toList();
  }

  private Call call(Event event, Instant receivedAt) {
    if (crowd != null) {
      String customerId = event == null ? null : event.subject();
      return Call.across(crowd, customerId, receivedAt, Instant.EPOCH, alerts::add);
    }
    return new Call(KEY, view(), receivedAt, Instant.EPOCH, alerts::add);
  }

  /** What was decoded is lost, as when the state is read from disk. */
  private void forget() {
    if (!holds) {
      state = RuleState.of(state.packed(), state.dueMs());
    }
  }

  private CustomerView view() {
    return new CustomerView() {
      @Override
      public Object facet(String name) {
        return customer.get(name);
      }

      @Override
      public Live live() {
        return new Live("a-12", "k-77", "billing");
      }
    };
  }
}
