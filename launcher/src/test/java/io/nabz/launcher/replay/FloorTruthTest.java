package io.nabz.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nabz.kpi.Fact;
import io.nabz.kpi.Facts;
import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.Life;
import io.nabz.kpi.PaneBatch;
import io.nabz.kpi.PaneDelta;
import io.nabz.kpi.PaneState;
import io.nabz.kpi.PaneView;
import io.nabz.kpi.Subject;
import io.nabz.kpi.SubjectKind;
import io.nabz.kpi.SubjectLogic;
import io.nabz.model.Event;
import io.nabz.model.Json;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import io.nabz.testkit.Events;
import io.nabz.testkit.RecordedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The floor's figures of the bank's fortnight, which were computed by somebody else. */
class FloorTruthTest {
  private static final String RECORDING = "call-centre-anonbank/calls_01-14feb.tsv.gz";
  private static final KpiPolicy POLICY = KpiPolicy.DEFAULT;
  private static final KpiKey FORTNIGHT =
      new KpiKey("default", "total", KpiInterval.DAY, Instant.parse("1999-02-01T00:00:00Z"));
  private static List<Event> events;

  @BeforeAll
  static void readTheRecording() throws IOException {
    Optional<Path> file = RecordedData.find(RECORDING);
    assumeTrue(file.isPresent(), RecordedData.missing(RECORDING));
    try (Recording recording = Recording.open(file.get())) {
      events =
          Translations.replay(
                  Adapters.find("anonbank", Translations.RESOLVER), recording, Translations.AT_ONCE)
              .events();
    }
  }

  @Test
  void the_fortnight_has_its_figures() {
    KpiFigures all = total(count(events));

    KpiFigures.Contacts contacts = all.contacts();
    assertThat(contacts.begun()).isEqualTo(17_313);
    assertThat(contacts.answered()).isEqualTo(14_405);
    assertThat(contacts.leftBeforeQueue()).isEqualTo(1_023);
    assertThat(contacts.abandoned() + contacts.leftBeforeQueue()).isEqualTo(2_908);
    assertThat(contacts.queued()).isEqualTo(8_871);
    assertThat(contacts.abandoned()).isEqualTo(1_885);
    assertThat(contacts.shortAbandoned()).isEqualTo(161);
    assertThat(contacts.offered()).isEqualTo(14_405 + 1_885);
    assertThat(percent(contacts.abandonedOfQueued())).isEqualTo("21.25");
    assertThat(percent(contacts.abandonedOfOffered())).isEqualTo("11.57");
    assertThat(all.waits().asaSeconds()).isCloseTo(34.405, within(0.000_5));
    assertThat(all.waits().asaQueuedSeconds()).isCloseTo(70.943, within(0.000_5));
    assertThat(percent(all.serviceLevels().get(0).level())).isEqualTo("56.25");
    assertThat(percent(all.serviceLevels().get(1).level())).isEqualTo("71.16");
    assertThat(all.handle().meanSeconds()).isCloseTo(166.856, within(0.000_5));
  }

  @Test
  void the_fortnight_has_its_repeats() {
    Map<String, List<Instant>> callsOf = new HashMap<>();
    for (Event event : events) {
      if (event.type().equals("contact.initiated") && event.subject() != null) {
        callsOf.computeIfAbsent(event.subject(), id -> new ArrayList<>()).add(event.time());
      }
    }
    KpiFigures.Repeats repeats = total(count(events)).repeats();

    assertThat(callsOf).hasSize(2_641);
    assertThat(repeats.contacts()).isEqualTo(callsOf.values().stream().mapToInt(List::size).sum());
    assertThat(repeats.within24h()).isEqualTo(seconds(callsOf, Duration.ofHours(24)));
    assertThat(repeats.within7d()).isEqualTo(seconds(callsOf, Duration.ofDays(7)));
    assertThat(repeats.third24h()).as("at least the third within 24 h").isEqualTo(1_273);
    assertThat(repeats.third7d()).as("at least the third within 7 d").isEqualTo(2_361);
  }

  /** Calls with another of the same customer before them within the window, its end included. */
  private static long seconds(Map<String, List<Instant>> callsOf, Duration window) {
    long count = 0;
    for (List<Instant> calls : callsOf.values()) {
      calls.sort(Comparator.naturalOrder());
      for (int i = 1; i < calls.size(); i++) {
        count += calls.get(i - 1).isBefore(calls.get(i).minus(window)) ? 0 : 1;
      }
    }
    return count;
  }

  @Test
  void every_pane_is_the_same_from_shuffled_and_doubled_events() {
    Random random = new Random(20_261_122);
    record Arrival(long atMs, Event event) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (Event event : events) {
      for (int copy = 0; copy < 2; copy++) {
        arrivals.add(new Arrival(event.time().toEpochMilli() + random.nextInt(120_000), event));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::atMs));

    Map<String, String> shuffled = figures(count(arrivals.stream().map(Arrival::event).toList()));

    assertThat(shuffled).isEqualTo(figures(count(events)));
    assertThat(shuffled).as("queues, agents and quarters of two weeks").hasSizeGreaterThan(1_000);
  }

  @Test
  void the_help_desks_cases_have_their_times() throws IOException {
    String recorded = "tickets-helpdesk/helpdesk.csv.gz";
    Optional<Path> file = RecordedData.find(recorded);
    assumeTrue(file.isPresent(), RecordedData.missing(recorded));
    List<Event> activities = cases(file.get());
    assertThat(activities)
        .as("a case of one activity is opened and resolved by it")
        .hasSize(13_711);
    // Whatever arrives first: a case lasts from its earliest activity to its latest.
    Collections.shuffle(activities, new Random(20_261_122));

    KpiFigures.Cases cases = total(count(activities)).cases();
    assertThat(cases.opened()).isEqualTo(3_804);
    assertThat(cases.resolved()).isEqualTo(3_804);
    KpiFigures.Length time = cases.time();
    assertThat(time.count()).isEqualTo(3_804);
    assertThat(time.meanSeconds() / 3_600).isCloseTo(211.156, within(0.000_5));
    // Within one percent, as all quantiles. The median of the table, 94.27 h, lies half way between
    // the two cases in the middle; ours is the lower of them.
    assertThat(time.p50Seconds() / 3_600).isCloseTo(94.174, withinPercentage(1));
    assertThat(time.p90Seconds() / 3_600).isCloseTo(627.05, withinPercentage(1));
  }

  /** A case is opened with its first activity, resolved with its last, updated with the others. */
  private static List<Event> cases(Path file) throws IOException {
    Map<String, List<Instant>> cases = new TreeMap<>();
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      reader
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .forEach(
              cells ->
                  cases
                      .computeIfAbsent(cells[0], id -> new ArrayList<>())
                      .add(LocalDateTime.parse(cells[2], format).toInstant(ZoneOffset.UTC)));
    }
    List<Event> events = new ArrayList<>();
    cases.forEach(
        (id, times) -> {
          Collections.sort(times);
          int last = times.size() - 1;
          events.add(ofCase(id, "case.opened", 0, times.get(0)));
          for (int i = 1; i < last; i++) {
            events.add(ofCase(id, "case.updated", i, times.get(i)));
          }
          events.add(ofCase(id, "case.resolved", last, times.get(last)));
        });
    return events;
  }

  private static Event ofCase(String id, String type, int activity, Instant at) {
    return Events.of("asker-" + id)
        .at(at)
        .event(id + type + activity, type, Events.data().put("caseId", id));
  }

  @Test
  void nobody_waits_when_the_fortnight_is_over() {
    PaneState now = count(events).get("default/total/now");

    assertThat(now.isZero()).isTrue();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, PaneState> count(List<Event> arrivals) {
    PaneBatch batch = new PaneBatch(POLICY.zone());
    Map<SubjectKind, SubjectLogic<Subject>> logics = new HashMap<>();
    for (SubjectKind kind : SubjectKind.values()) {
      Life<Subject> life = (Life<Subject>) SubjectLogic.lifeOf(kind, POLICY);
      logics.put(kind, new SubjectLogic<>(life, batch::add));
    }
    Map<String, Subject> subjects = new HashMap<>();
    for (Event event : arrivals) {
      List<Fact> facts = Facts.of(event, Translations.RESOLVER.resolve(event));
      // The floor counts nothing of many types, such as case.updated.
      for (Fact fact : facts == null ? List.<Fact>of() : facts) {
        SubjectLogic<Subject> logic = logics.get(SubjectKind.of(fact.subject));
        subjects.compute(fact.subject, (key, known) -> logic.apply(known, fact));
      }
    }
    Map<String, PaneState> panes = new TreeMap<>();
    for (PaneDelta delta : batch.drain()) {
      panes.computeIfAbsent(delta.pane, key -> new PaneState()).add(delta);
    }
    return panes;
  }

  private static Map<String, String> figures(Map<String, PaneState> panes) {
    Map<String, String> figures = new TreeMap<>();
    panes.forEach(
        (key, pane) -> {
          // How often something changed may depend on the order, the figures may not.
          pane.version = 0;
          if (!pane.isZero()) {
            figures.put(key, Json.string(PaneView.of(KpiKey.parse(key), pane, POLICY)));
          }
        });
    return figures;
  }

  /** All days of the total as one: what is kept of a pane can be added up. */
  private static KpiFigures total(Map<String, PaneState> panes) {
    PaneState all = new PaneState();
    panes.forEach(
        (key, pane) -> {
          addIfTotal(key, pane, all);
        });
    return PaneView.of(FORTNIGHT, all, POLICY);
  }

  private static void addIfTotal(String key, PaneState pane, PaneState all) {
    if (key.startsWith("default/total/1d@")) {
      all.add(pane);
    }
  }

  private static String percent(double share) {
    return String.format(java.util.Locale.ROOT, "%.2f", 100 * share);
  }
}
