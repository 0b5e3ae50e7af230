package io.nabz.launcher.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nabz.model.Event;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The follower against a manager interface over a real socket. */
class AmiFollowerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final IdentifierNormaliser IRAN = new IdentifierNormaliser("IR");
  private static final String CALL = "1366720340.303267";

  /** The same call as the queue log would have it, the number withheld from nobody. */
  private static final List<String> LOG =
      List.of(
          "1366720340|" + CALL + "|MYQUEUE|NONE|ENTERQUEUE||09121234567|2",
          "1366720350|" + CALL + "|MYQUEUE|SIP/3001|CONNECT|10|1366720345.303268|4",
          "1366720400|" + CALL + "|MYQUEUE|SIP/3001|COMPLETEAGENT|10|50|2",
          "1366720410|NONE|MYQUEUE|SIP/3001|PAUSE|lunch",
          "1366720420|1366720415.1|MYQUEUE|NONE|ENTERQUEUE||02112345678|1",
          "1366720430|1366720415.1|MYQUEUE|NONE|ABANDON|1|1|10");

  private final Heard heard = new Heard();

  @Test
  void theSameFactsHaveTheSameEventsAsInTheQueueLog() throws Exception {
    try (ScriptedAmi ami = new ScriptedAmi(0, false);
        AmiFollower follower = follower(ami.port())) {
      untilConnected(follower);
      sayTheCall(ami);
      until(follower, () -> heard.events().size() == ofLog().size());

      assertThat(ids(heard.events())).isEqualTo(ids(ofLog()));
      assertThat(heard.types())
          .containsExactly(
              "contact.initiated",
              "contact.queued",
              "contact.connected",
              "agent.state_changed",
              "contact.ended",
              "agent.state_changed",
              "agent.state_changed",
              "contact.initiated",
              "contact.queued",
              "contact.abandoned");
      Event first = heard.events().get(0);
      assertThat(first.identifier(IdentifierType.PHONE)).isEqualTo("+989121234567");
      assertThat(first.time()).isEqualTo(Instant.ofEpochSecond(1_366_720_340L));
      assertThat(heard.events().get(2).text("agentId")).isEqualTo("3001");
    }
  }

  @Test
  void aHangUpEndsWhatNothingElseHasEnded() throws Exception {
    try (ScriptedAmi ami = new ScriptedAmi(0, false);
        AmiFollower follower = follower(ami.port())) {
      untilConnected(follower);
      join(ami, "c-1", "1.000001");
      join(ami, "c-2", "2.000001");
      connect(ami, "c-2", "3.000001");
      ami.say("Hangup", "Timestamp", "4.5", "Channel", "SIP/x", "Uniqueid", "c-1", "Cause", 16);
      ami.say("Hangup", "Timestamp", "5.5", "Channel", "SIP/y", "Uniqueid", "c-2", "Cause", 16);
      ami.say("Hangup", "Timestamp", "6.5", "Channel", "SIP/z", "Uniqueid", "other", "Cause", 16);
      until(follower, () -> heard.types().contains("contact.ended"));
      Event abandoned = byType("contact.abandoned");
      assertThat(abandoned.text("contactId")).isEqualTo("c-1");
      assertThat(abandoned.text("reason")).isEqualTo("hangup");
      assertThat(byType("contact.ended").text("contactId")).isEqualTo("c-2");
    }
  }

  @Test
  void itComesBackWhenTheTelephoneSystemDoesAndGoesOnWithTheCall() throws Exception {
    int port;
    ScriptedAmi first = new ScriptedAmi(0, false);
    port = first.port();
    try (AmiFollower follower = follower(port)) {
      untilConnected(follower);
      join(first, "c-1", "1.000001");
      until(follower, () -> heard.events().size() == 2);
      first.close();
      until(follower, () -> !follower.isConnected());
      try (ScriptedAmi second = new ScriptedAmi(port, false)) {
        until(follower, () -> second.logins() > 0 && follower.isConnected());
        connect(second, "c-1", "9.000001");
        until(follower, () -> heard.types().contains("contact.connected"));
        assertThat(byType("contact.connected").text("contactId")).isEqualTo("c-1");
      }
    }
  }

  @Test
  void aRefusedSecretIsAnErrorAndNoEndlessTrying(@TempDir Path dir) throws Exception {
    try (ScriptedAmi ami = new ScriptedAmi(0, true)) {
      try (AmiFollower follower = follower(ami.port())) {
        assertThatThrownBy(follower::look).isInstanceOf(AuthenticationFailedException.class);
      }
      Path secret = Files.writeString(dir.resolve("secret"), "wrong\n");
      int status =
          new CommandLine(new AsteriskCommand())
              .execute(
                  "ami",
                  "127.0.0.1:" + ami.port(),
                  "--user=nabz",
                  "--secret-file=" + secret,
                  "--dry-run");
      assertThat(status).isEqualTo(1);
    }
    assertThat(new AmiFollower.Address("pbx", 1, "nabz", "hush").toString()).doesNotContain("hush");
  }

  private static void sayTheCall(ScriptedAmi ami) throws IOException {
    ami.say(
        "QueueCallerJoin",
        "Timestamp",
        "1366720340.710000",
        "Channel",
        "SIP/trunk-0001",
        "CallerIDNum",
        "09121234567",
        "Uniqueid",
        CALL,
        "Queue",
        "MYQUEUE",
        "Position",
        2,
        "Count",
        2);
    ami.say(
        "AgentConnect",
        "Timestamp",
        "1366720350.200000",
        "Uniqueid",
        CALL,
        "DestUniqueid",
        "1366720345.303268",
        "Queue",
        "MYQUEUE",
        "Interface",
        "SIP/3001",
        "MemberName",
        "SIP/3001",
        "RingTime",
        4,
        "HoldTime",
        10);
    ami.say(
        "AgentComplete",
        "Timestamp",
        "1366720400.100000",
        "Uniqueid",
        CALL,
        "Queue",
        "MYQUEUE",
        "MemberName",
        "SIP/3001",
        "HoldTime",
        10,
        "TalkTime",
        50,
        "Reason",
        "agent");
    ami.say("Hangup", "Timestamp", "1366720400.2", "Channel", "SIP/x", "Uniqueid", CALL);
    ami.say(
        "QueueMemberPause",
        "Timestamp",
        "1366720410.000001",
        "Queue",
        "MYQUEUE",
        "MemberName",
        "SIP/3001",
        "Interface",
        "SIP/3001",
        "Paused",
        1,
        "PausedReason",
        "lunch");
    ami.say(
        "QueueCallerJoin",
        "Timestamp",
        "1366720420.5",
        "CallerIDNum",
        "02112345678",
        "Uniqueid",
        "1366720415.1",
        "Queue",
        "MYQUEUE",
        "Position",
        1);
    ami.say(
        "QueueCallerAbandon",
        "Timestamp",
        "1366720430.5",
        "Uniqueid",
        "1366720415.1",
        "Queue",
        "MYQUEUE",
        "Position",
        1,
        "OriginalPosition",
        1,
        "HoldTime",
        10);
    ami.say("Hangup", "Timestamp", "1366720430.6", "Channel", "SIP/y", "Uniqueid", "1366720415.1");
  }

  private static void join(ScriptedAmi ami, String call, String at) throws IOException {
    ami.say(
        "QueueCallerJoin",
        "Timestamp",
        at,
        "CallerIDNum",
        "09121234567",
        "Uniqueid",
        call,
        "Queue",
        "q",
        "Position",
        1);
  }

  private static void connect(ScriptedAmi ami, String call, String at) throws IOException {
    ami.say(
        "AgentConnect",
        "Timestamp",
        at,
        "Uniqueid",
        call,
        "Queue",
        "q",
        "MemberName",
        "SIP/3001",
        "HoldTime",
        1);
  }

  private static List<Event> ofLog() {
    QueueLogEvents mapping = new QueueLogEvents(IRAN, "default", "/pbx/test", List.of());
    return LOG.stream()
        .map(line -> QueueLogLine.parse(line, ZoneOffset.UTC))
        .flatMap(line -> mapping.of(line).stream())
        .toList();
  }

  private AmiFollower follower(int port) {
    return new AmiFollower(
        new AmiFollower.Address("127.0.0.1", port, "nabz", "hush"),
        new QueueLogEvents(IRAN, "default", "/pbx/test", List.of()),
        heard);
  }

  private static void untilConnected(AmiFollower follower) throws Exception {
    until(follower, follower::isConnected);
  }

  private static void until(AmiFollower follower, java.util.function.BooleanSupplier isSo) {
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .until(
            () -> {
              follower.look();
              return isSo.getAsBoolean();
            });
  }

  private Event byType(String type) {
    return heard.events().stream().filter(e -> e.type().equals(type)).findFirst().orElseThrow();
  }

  private static Set<String> ids(List<Event> events) {
    return events.stream().map(Event::id).collect(Collectors.toSet());
  }
}
