package io.nabz.launcher.asterisk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asteriskjava.manager.event.AgentCompleteEvent;
import org.asteriskjava.manager.event.AgentConnectEvent;
import org.asteriskjava.manager.event.AgentRingNoAnswerEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.QueueCallerAbandonEvent;
import org.asteriskjava.manager.event.QueueCallerJoinEvent;
import org.asteriskjava.manager.event.QueueMemberAddedEvent;
import org.asteriskjava.manager.event.QueueMemberPauseEvent;
import org.asteriskjava.manager.event.QueueMemberRemovedEvent;

/**
 * Says what a manager interface says as the queue log would have said it: the same fact of the same
 * second then has the same event under the same id, whichever of the two told it.
 */
final class AmiLines {
  private static final int MAX_CALLS = 10_000;
  private static final long MILLIS_A_SECOND = 1_000;

  /** What later events of a call do not say again. */
  private static final class Waiting {
    private final String queue;
    private final String position;
    private boolean isConnected;

    Waiting(String queue, String position) {
      this.queue = queue;
      this.position = position;
    }
  }

  private final Map<String, Waiting> calls =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
          return size() > MAX_CALLS;
        }
      };

  /** The line of an event; null for one that says nothing of a queue. */
  QueueLogLine of(ManagerEvent event) {
    if (event instanceof QueueCallerJoinEvent join) {
      String position = text(join.getPosition());
      calls.put(join.getUniqueId(), new Waiting(join.getQueue(), position));
      return line(
          event,
          join.getUniqueId(),
          join.getQueue(),
          null,
          "ENTERQUEUE",
          "",
          text(join.getCallerIdNum()),
          position);
    }
    if (event instanceof AgentConnectEvent connect) {
      Waiting call = calls.get(connect.getUniqueId());
      if (call != null) {
        call.isConnected = true;
      }
      return line(
          event,
          connect.getUniqueId(),
          connect.getQueue(),
          connect.getMemberName(),
          "CONNECT",
          text(connect.getHoldTime()),
          text(connect.getDestUniqueId()),
          text(connect.getRingtime()));
    }
    if (event instanceof AgentCompleteEvent complete) {
      Waiting call = calls.remove(complete.getUniqueId());
      return line(
          event,
          complete.getUniqueId(),
          complete.getQueue(),
          complete.getMemberName(),
          "agent".equals(complete.getReason()) ? "COMPLETEAGENT" : "COMPLETECALLER",
          text(complete.getHoldTime()),
          text(complete.getTalkTime()),
          call == null ? "" : call.position);
    }
    if (event instanceof QueueCallerAbandonEvent abandon) {
      calls.remove(abandon.getUniqueId());
      return line(
          event,
          abandon.getUniqueId(),
          abandon.getQueue(),
          null,
          "ABANDON",
          text(abandon.getPosition()),
          text(abandon.getOriginalPosition()),
          text(abandon.getHoldTime()));
    }
    if (event instanceof HangupEvent hangup) {
      Waiting call = calls.remove(hangup.getUniqueId());
      return call == null
          ? null
          : line(
              event,
              hangup.getUniqueId(),
              call.queue,
              null,
              call.isConnected ? QueueLogEvents.HANGUP : QueueLogEvents.HANGUP_WAITING);
    }
    return ofMember(event);
  }

  private static QueueLogLine ofMember(ManagerEvent event) {
    if (event instanceof AgentRingNoAnswerEvent rang) {
      // The log has milliseconds here.
      Long seconds = rang.getRingtime();
      return line(
          event,
          rang.getUniqueId(),
          rang.getQueue(),
          rang.getMemberName(),
          "RINGNOANSWER",
          seconds == null ? "" : text(seconds * MILLIS_A_SECOND));
    }
    if (event instanceof QueueMemberPauseEvent pause) {
      String reason = pause.getPausedreason();
      return line(
          event,
          null,
          pause.getQueue(),
          pause.getMemberName(),
          Boolean.TRUE.equals(pause.getPaused()) ? "PAUSE" : "UNPAUSE",
          reason == null ? text(pause.getPausedReason()) : reason);
    }
    if (event instanceof QueueMemberAddedEvent added) {
      return line(event, null, added.getQueue(), added.getMemberName(), "ADDMEMBER", "");
    }
    if (event instanceof QueueMemberRemovedEvent removed) {
      return line(event, null, removed.getQueue(), removed.getMemberName(), "REMOVEMEMBER", "");
    }
    return null;
  }

  private static QueueLogLine line(
      ManagerEvent event, String call, String queue, String agent, String name, String... data) {
    List<String> fields = new ArrayList<>(List.of(data));
    return new QueueLogLine(time(event), call, queue, QueueLogLine.agent(agent), name, fields);
  }

  /** Of the second, as the log has it: the telephone system's own word where it gives one. */
  private static Instant time(ManagerEvent event) {
    Double stamp = event.getTimestamp();
    if (stamp != null) {
      return Instant.ofEpochSecond((long) Math.floor(stamp));
    }
    return Instant.ofEpochSecond(event.getDateReceived().toInstant().getEpochSecond());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
