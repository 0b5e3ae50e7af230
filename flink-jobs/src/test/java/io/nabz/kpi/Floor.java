package io.nabz.kpi;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.state.JourneyStep;
import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The whole of the counting in memory, without a stream around it. */
final class Floor {
  private final KpiPolicy policy;
  private final CustomerResolver resolver = new CustomerResolver(new IdentifierNormaliser("IR"));
  private final Map<String, Subject> subjects = new HashMap<>();
  private final Map<SubjectKind, SubjectLogic<Subject>> logics = new HashMap<>();
  private final Set<Long> heard = new HashSet<>();
  private final PaneBatch batch;
  private final Map<String, PaneState> panes = new TreeMap<>();

  Floor() {
    this(KpiPolicy.DEFAULT);
  }

  @SuppressWarnings("unchecked")
  Floor(KpiPolicy policy) {
    this.policy = policy;
    this.batch = new PaneBatch(policy.zone());
    for (SubjectKind kind : SubjectKind.values()) {
      logics.put(
          kind, new SubjectLogic<>((Life<Subject>) SubjectLogic.lifeOf(kind, policy), batch::add));
    }
  }

  Floor take(Event... events) {
    for (Event event : events) {
      var facts = Facts.of(event, resolver.resolve(event));
      if (facts != null) {
        facts.forEach(this::take);
      }
      Fact felt = Facts.felt(event, read(event));
      // The customer's operator, which is not here, knows repeats.
      if (felt != null && heard.add(felt.hash)) {
        FeltShares.of(felt, batch::add);
        if (felt.subject != null) {
          take(felt);
        }
      }
    }
    return this;
  }

  /** An event as the customer's operator reads it, were there no words but the sender's. */
  private static JourneyStep read(Event event) {
    JsonNode sentiment = event.data().get("sentiment");
    JourneyStep step = new JourneyStep();
    step.eventId = event.id();
    step.type = event.type();
    step.contactId = event.text("contactId");
    step.topic = event.text("topic");
    step.text = event.text("text");
    step.sentiment = sentiment == null ? Double.NaN : sentiment.asDouble();
    return step;
  }

  void take(Fact fact) {
    subjects.put(
        fact.subject,
        logics.get(SubjectKind.of(fact.subject)).apply(subjects.get(fact.subject), fact));
  }

  Floor clock(Instant now) {
    subjects.forEach(
        (key, subject) -> logics.get(SubjectKind.of(key)).advance(subject, now.toEpochMilli()));
    return this;
  }

  int visitsOf(String customerId) {
    CustomerRecord customer =
        (CustomerRecord) subjects.get(SubjectKind.CUSTOMER.key("default/" + customerId));
    return customer.visits.size();
  }

  private void settle() {
    batch
        .drain()
        .forEach(delta -> panes.computeIfAbsent(delta.pane, pane -> new PaneState()).add(delta));
  }

  KpiFigures now(String dimension) {
    return figures(new KpiKey("default", dimension, KpiInterval.NOW, null));
  }

  KpiFigures at(String dimension, KpiInterval interval, Instant moment) {
    long start = interval.startOf(moment.toEpochMilli(), policy.zone());
    return figures(new KpiKey("default", dimension, interval, Instant.ofEpochMilli(start)));
  }

  private KpiFigures figures(KpiKey key) {
    settle();
    return PaneView.of(key, panes.getOrDefault(key.toString(), new PaneState()), policy);
  }

  /** All figures in which anything is, by key, without their versions. */
  Map<String, String> all() {
    settle();
    Map<String, String> all = new TreeMap<>();
    panes.forEach(
        (key, pane) -> {
          if (!pane.isZero()) {
            long version = pane.version;
            pane.version = 0;
            all.put(key, io.nabz.model.Json.string(PaneView.of(KpiKey.parse(key), pane, policy)));
            pane.version = version;
          }
        });
    return all;
  }

  static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
