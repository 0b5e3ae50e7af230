package io.nabz.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.state.CustomerState;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.FlagCode;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import io.nabz.rules.engine.CustomerView;
import io.nabz.testkit.Events;
import io.nabz.text.TextReader;
import io.nabz.text.TextScorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A customer in a test: events go in, the snapshot and all alerts so far can be looked at. */
final class Life {
  static final CustomerKey KEY = new CustomerKey("default", "C-1");

  private static final TextScorer SCORER = TextReader.create();

  final CustomerState state = new CustomerState();
  final List<Alert> alerts = new ArrayList<>();
  private final CustomerPolicy policy;
  private final CustomerLogic logic;
  private Changes last;

  Life() {
    this(CustomerPolicy.DEFAULT);
  }

  Life(CustomerPolicy policy) {
    this.policy = policy;
    this.logic = new CustomerLogic(policy, SCORER);
  }

  Life with(Event... events) {
    for (Event event : events) {
      apply(event);
    }
    return this;
  }

  boolean apply(Event event) {
    Changes changes = new Changes(Instant.EPOCH);
    boolean applied = logic.apply(KEY, state, event, event.time().toEpochMilli() + 40, changes);
    alerts.addAll(changes.alerts());
    last = changes;
    checkDue();
    return applied;
  }

  /** What is held must be what would be found now. */
  private void checkDue() {
    long held = Contacts.nextDue(state, policy);
    state.contactsDueMs = Long.MIN_VALUE;
    assertThat(held).as("when contacts are next due").isEqualTo(Contacts.nextDue(state, policy));
  }

  /** Lets time pass up to that long after {@link Events#START}. */
  Life until(Duration sinceStart) {
    Changes changes = new Changes(Instant.EPOCH);
    logic.advance(KEY, state, Events.START.plus(sinceStart).toEpochMilli(), changes);
    alerts.addAll(changes.alerts());
    last = changes;
    checkDue();
    return this;
  }

  /**
   * The snapshot as a reader has it, which must be all that was written, and what rules see of it
   * the same.
   */
  Snapshot snapshot() {
    byte[] written = logic.snapshot(KEY, state);
    try {
      Snapshot read = Json.read(written, Snapshot.class);
      JsonNode tree = Json.tree(written);
      assertThat(Json.tree(Json.bytes(read))).isEqualTo(tree);
      CustomerView view = logic.view(KEY, state);
      for (RecordComponent part : Snapshot.class.getRecordComponents()) {
        Object seen = view.facet(part.getName());
        assertThat(seen == null ? null : Json.tree(Json.bytes(seen)))
            .as("%s as rules see it", part.getName())
            .isEqualTo(tree.get(part.getName()));
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException("a snapshot cannot be read", e);
    }
  }

  List<FlagCode> flags() {
    return snapshot().flags().stream().map(Snapshot.Flag::code).toList();
  }

  List<String> alerts(FlagCode code, AlertState alertState) {
    return alerts.stream()
        .filter(a -> a.ruleId().equals(code.ruleId()) && a.state() == alertState)
        .map(Alert::alertId)
        .toList();
  }

  /** Nothing but the end of the customer's time to live is left to wait for. */
  boolean onlyForgettingIsDue() {
    return logic.nextDue(state)
        == state.lastEventAtMs + CustomerPolicy.DEFAULT.forgottenAfter().toMillis();
  }

  Changes lastChanges() {
    return last;
  }
}
