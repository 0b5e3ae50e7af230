package io.nabz.launcher.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueLogEventsTest {
  private static final IdentifierNormaliser IRAN = new IdentifierNormaliser("IR");
  private static final Instant ENTERED = Instant.ofEpochSecond(1_366_720_340L);

  private final QueueLogEvents mapping = mapping(List.of());

  @Test
  void aCallIsToldFromItsBeginningToItsEndUnderItsNumber() throws IOException {
    List<Event> call =
        sample().stream().filter(e -> "1366720340.303267".equals(e.text("contactId"))).toList();
    assertThat(call)
        .extracting(Event::type)
        .containsExactly(
            "contact.initiated", "contact.queued", "contact.connected", "contact.ended");
    assertThat(call)
        .extracting(e -> e.identifier(IdentifierType.PHONE))
        .containsOnly("+989121234567");
    assertThat(call.get(0).time()).isEqualTo(ENTERED);
    assertThat(call.get(1).time()).as("of one second, in order").isEqualTo(ENTERED.plusMillis(1));
    assertThat(call.get(2).text("agentId")).isEqualTo("3001");
    assertThat(call.get(2).text("waitSeconds")).isEqualTo("10");
    assertThat(call.get(3).text("talkSeconds")).isEqualTo("120");
    assertThat(call.get(3).text("endedBy")).isEqualTo("customer");
  }

  @Test
  void whoLeavesTheQueueHasAbandonedAndWhoIsSentOnIsTransferred() throws IOException {
    List<Event> all = sample();
    Event abandoned = one(all, "contact.abandoned");
    assertThat(abandoned.identifier(IdentifierType.PHONE)).isEqualTo("+982188776655");
    assertThat(abandoned.text("waitSeconds")).isEqualTo("30");
    Event transferred = one(all, "contact.transferred");
    assertThat(transferred.text("to")).isEqualTo("2000");
    assertThat(all)
        .filteredOn(e -> "transferred".equals(e.text("disposition")))
        .singleElement()
        .satisfies(e -> assertThat(e.time()).isAfter(transferred.time()));
  }

  @Test
  void aWithheldNumberIsNobodysAndTheCallStillCounts() throws IOException {
    assertThat(sample())
        .filteredOn(e -> "1366720600.303275".equals(e.text("contactId")))
        .hasSize(5)
        .allSatisfy(
            e -> {
              assertThat(e.identifier(IdentifierType.PHONE)).isNull();
              assertThat(e.identifier(IdentifierType.SESSION_ID))
                  .isEqualTo("/pbx/test/1366720600.303275");
            });
  }

  @Test
  void agentsComeGoAndLetItRing() throws IOException {
    List<Event> all = sample();
    assertThat(all)
        .filteredOn(e -> e.type().equals("agent.state_changed"))
        .extracting(e -> e.text("agentId") + ' ' + e.text("state"))
        .containsExactly(
            "8007 available",
            "3001 busy",
            "3001 available",
            "8007 busy",
            "8007 available",
            "8007 away");
    assertThat(one(all, "agent.no_answer").text("ringSeconds")).isEqualTo("5.0");
  }

  @Test
  void whatCannotBeToldOfAnybodyIsCountedAndNotInvented() throws IOException {
    sample();
    assertThat(mapping.skipped())
        .as("the start of the queue, a full queue, an end without a beginning")
        .isEqualTo(3);
    assertThat(mapping.open()).isEmpty();
  }

  @Test
  void everyEventIsOneThatTheServiceTakes() throws IOException {
    EventDecoder decoder = new EventDecoder(new CustomerResolver(IRAN));
    for (Event event : sample()) {
      assertThat(decoder.decode(event.toBytes(), Instant.parse("2026-11-22T10:00:00Z")).refusal())
          .as(event.type())
          .isNull();
    }
  }

  @Test
  void theSameLogGivesTheSameEventsAlsoWhenItIsReadInTwoSittings() throws IOException {
    List<Event> whole = sample();
    List<String> lines = lines();
    List<Event> parts = new ArrayList<>();
    QueueLogEvents first = mapping(List.of());
    lines.subList(0, 5).forEach(line -> parts.addAll(read(first, line)));
    QueueLogEvents second = mapping(first.open());
    lines.subList(5, lines.size()).forEach(line -> parts.addAll(read(second, line)));
    assertThat(parts).isEqualTo(whole);
    assertThat(parts).extracting(Event::id).doesNotHaveDuplicates();
  }

  @Test
  void aLogOutOfADatabaseHasLocalTimes() {
    QueueLogLine line =
        QueueLogLine.parse(
            "2012-07-04 07:33:21.165823|1341401601.24|q1|NONE|ENTERQUEUE||1000|1",
            ZoneId.of("Asia/Tehran"));
    // In summer Tehran was at +04:30.
    assertThat(line.at()).isEqualTo(Instant.parse("2012-07-04T03:03:21.165823Z"));
    assertThat(mapping.of(line).get(0).identifier(IdentifierType.PHONE))
        .as("an inner number is no customer's")
        .isNull();
  }

  @Test
  void callsThatNeverEndAreLetGo() {
    for (int i = 0; i < Calls.MAX + 10; i++) {
      read(mapping, "1366720340|c-" + i + "|q|NONE|ENTERQUEUE||0912123" + (1000 + i % 9000) + "|1");
    }
    assertThat(mapping.open()).hasSize(Calls.MAX);
  }

  private List<Event> sample() throws IOException {
    List<Event> events = new ArrayList<>();
    lines().forEach(line -> events.addAll(read(mapping, line)));
    return events;
  }

  private static List<Event> read(QueueLogEvents mapping, String text) {
    QueueLogLine line = QueueLogLine.parse(text, ZoneOffset.UTC);
    return line == null ? List.of() : mapping.of(line);
  }

  private static QueueLogEvents mapping(List<Calls.Call> known) {
    return new QueueLogEvents(IRAN, "default", "/pbx/test", known);
  }

  static List<String> lines() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/asterisk/queue_log"));
  }

  private static Event one(List<Event> events, String type) {
    List<Event> found = events.stream().filter(e -> e.type().equals(type)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
