package io.nabz.launcher.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Event;
import io.nabz.model.IdentifierNormaliser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the manager interface of a real Asterisk said while its queue log was kept, the log being
 * the measure. Left out of the recording is what says nothing of a queue, and the fields of
 * channels that nobody reads.
 */
class AmiRecordingIT {
  private static final Path RECORDINGS = Path.of("src/test/resources/asterisk");
  private static final IdentifierNormaliser IRAN = new IdentifierNormaliser("IR");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @ParameterizedTest
  @ValueSource(ints = {16, 22})
  void callsAndMembersAreToldAsTheLogHasThem(int version) throws Exception {
    List<Event> logged = logged(version);
    List<Event> told = told(version);

    assertThat(notIn(logged, told))
        .as("which key, whether anybody was there, and a member's name where the log has none")
        .containsExactlyInAnyOrder(
            "contact.abandoned deaf key",
            "contact.abandoned empty timeout",
            "agent.state_changed support Reza available",
            "agent.state_changed support Reza offline",
            "agent.state_changed support Omid away",
            "agent.state_changed support Omid offline");
    assertThat(notIn(told, logged))
        .as("the same in the log, and that a pause was one of all queues")
        .containsExactlyInAnyOrder(
            "contact.abandoned deaf key",
            "contact.abandoned empty no_agents",
            "agent.state_changed Reza away",
            "agent.state_changed Reza available",
            "agent.state_changed support 1002@agents/n available",
            "agent.state_changed support 1002@agents/n offline",
            "agent.state_changed support 1005@agents/n away",
            "agent.state_changed support 1005@agents/n offline");
    assertThat(told).filteredOn(e -> e.type().equals("contact.connected")).hasSizeGreaterThan(6);
  }

  private static List<String> notIn(List<Event> known, List<Event> events) {
    Set<String> ids = known.stream().map(Event::id).collect(Collectors.toSet());
    return events.stream()
        .filter(event -> !ids.contains(event.id()))
        .map(
            event ->
                Stream.of(
                        event.type(),
                        event.text("queue"),
                        event.text("agentId"),
                        event.text("reason"),
                        event.text("state"))
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static List<Event> logged(int version) throws IOException {
    QueueLogEvents mapping = mapping();
    return Files.readAllLines(RECORDINGS.resolve("queue_log-" + version)).stream()
        .map(line -> QueueLogLine.parse(line, ZoneOffset.UTC))
        .flatMap(line -> mapping.of(line).stream())
        .toList();
  }

  private static List<Event> told(int version) throws Exception {
    AmiLines lines = new AmiLines();
    QueueLogEvents mapping = mapping();
    List<Event> events = new ArrayList<>();
    Instant last = Instant.EPOCH;
    for (ManagerEvent event : heard(version)) {
      // Heard when it was said, not as fast as it is said again.
      last = Instant.ofEpochMilli((long) (event.getTimestamp() * 1_000));
      event.setDateReceived(Date.from(last));
      lines.of(event).forEach(line -> events.addAll(mapping.of(line)));
    }
    lines.overdue(last.plus(AmiLines.GRACE)).forEach(line -> events.addAll(mapping.of(line)));
    return events;
  }

  private static List<ManagerEvent> heard(int version) throws Exception {
    String recorded = Files.readString(RECORDINGS.resolve("ami-" + version + ".txt"));
    long said = recorded.lines().filter(line -> line.startsWith("Event: ")).count();
    BlockingQueue<ManagerEvent> heard = new LinkedBlockingQueue<>();
    List<ManagerEvent> all = new ArrayList<>();
    try (ScriptedAmi ami = new ScriptedAmi(0, false)) {
      DefaultManagerConnection connection =
          new DefaultManagerConnection("127.0.0.1", ami.port(), "nabz", "hush");
      connection.addEventListener(heard::add);
      connection.login();
      ami.sayAgain(recorded);
      while (all.size() < said) {
        ManagerEvent event = heard.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(event).as("number %s of what was said", all.size() + 1).isNotNull();
        if (!(event instanceof ConnectEvent)) {
          all.add(event);
        }
      }
      connection.logoff();
    }
    return all;
  }

  private static QueueLogEvents mapping() {
    return new QueueLogEvents(IRAN, "default", "/pbx/test", List.of());
  }
}
