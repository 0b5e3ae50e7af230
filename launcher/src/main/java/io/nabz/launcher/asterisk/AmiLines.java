package io.nabz.launcher.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asteriskjava.manager.event.AgentCompleteEvent;
import org.asteriskjava.manager.event.AgentConnectEvent;
import org.asteriskjava.manager.event.AgentRingNoAnswerEvent;
import org.asteriskjava.manager.event.AttendedTransferEvent;
import org.asteriskjava.manager.event.BlindTransferEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.QueueCallerAbandonEvent;
import org.asteriskjava.manager.event.QueueCallerJoinEvent;
import org.asteriskjava.manager.event.QueueCallerLeaveEvent;
import org.asteriskjava.manager.event.QueueMemberAddedEvent;
import org.asteriskjava.manager.event.QueueMemberPauseEvent;
import org.asteriskjava.manager.event.QueueMemberRemovedEvent;

/**
 * Says what a manager interface says as the queue log would have said it: the same fact of the same
 * second then has the same event under the same id, whichever of the two told it.
 */
final class AmiLines {
  /** What belongs to one moment of a call is said within milliseconds. */
  static final Duration GRACE = Duration.ofSeconds(1);

  private static final int MAX_CALLS = 10_000;

  private final Map<String, AmiCall> calls =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AmiCall> eldest) {
          return size() > MAX_CALLS;
        }
      };

  /** Calls of which it is unclear what has become of them, longest first. */
  private final Set<AmiCall> doubtful = new LinkedHashSet<>();

  /** The lines of an event, and of what was unclear until it came; none for most. */
  List<QueueLogLine> of(ManagerEvent event) {
    Instant now = event.getDateReceived().toInstant();
    List<QueueLogLine> lines = overdue(now);
    if (event instanceof QueueCallerJoinEvent join) {
      settle(calls.get(join.getUniqueId()), lines);
      AmiCall call = new AmiCall(join);
      calls.put(call.id(), call);
      lines.add(call.enter());
    } else if (event instanceof AgentConnectEvent connect) {
      AmiCall call = calls.get(connect.getUniqueId());
      if (call != null) {
        call.trust();
        doubtful.remove(call);
        lines.add(call.connect(connect));
      }
    } else if (event instanceof AgentCompleteEvent complete) {
      AmiCall call = callOf(complete);
      if (call != null) {
        forget(call);
        lines.add(call.complete(complete));
      }
    } else if (event instanceof BlindTransferEvent transfer) {
      AmiCall call = calls.get(transfer.getTransfereeUniqueId());
      sentOn(call, call == null ? null : call.transfer(transfer), lines);
    } else if (event instanceof AttendedTransferEvent transfer) {
      AmiCall call = calls.get(transfer.getTransfereeUniqueid());
      sentOn(call, call == null ? null : call.transfer(transfer), lines);
    } else {
      leaving(event, now, lines);
    }
    return lines;
  }

  /** The lines of calls of which nothing came any more that would say more. */
  List<QueueLogLine> overdue(Instant now) {
    List<QueueLogLine> lines = new ArrayList<>();
    for (Iterator<AmiCall> oldest = doubtful.iterator(); oldest.hasNext(); ) {
      AmiCall call = oldest.next();
      if (call.doubtedAt().plus(GRACE).isAfter(now)) {
        break;
      }
      oldest.remove();
      calls.remove(call.id(), call);
      lines.add(call.end());
    }
    return lines;
  }

  private void leaving(ManagerEvent event, Instant now, List<QueueLogLine> lines) {
    AmiCall call;
    if (event instanceof QueueCallerLeaveEvent leave) {
      call = calls.get(leave.getUniqueId());
      if (call != null) {
        call.leave(leave);
      }
    } else if (event instanceof QueueCallerAbandonEvent abandon) {
      call = calls.get(abandon.getUniqueId());
      if (call != null) {
        call.abandon(abandon);
      }
    } else if (event instanceof HangupEvent hangup) {
      call = calls.get(hangup.getUniqueId());
      if (call != null) {
        call.hangUp(hangup);
      }
    } else {
      QueueLogLine line = ofMember(event);
      if (line != null) {
        lines.add(line);
      }
      return;
    }
    if (call == null) {
      return;
    }
    if (call.isSettled()) {
      settle(call, lines);
    } else if (call.end() != null && call.doubt(now)) {
      doubtful.add(call);
    }
  }

  private void sentOn(AmiCall call, QueueLogLine line, List<QueueLogLine> lines) {
    if (line != null) {
      forget(call);
      lines.add(line);
    }
  }

  private void settle(AmiCall call, List<QueueLogLine> lines) {
    if (call == null) {
      return;
    }
    forget(call);
    QueueLogLine end = call.end();
    if (end != null) {
      lines.add(end);
    }
  }

  private void forget(AmiCall call) {
    calls.remove(call.id(), call);
    doubtful.remove(call);
  }

  /** When the caller has hung up, the end of the conversation may come without the call's id. */
  private AmiCall callOf(AgentCompleteEvent complete) {
    if (complete.getUniqueId() != null) {
      AmiCall call = calls.get(complete.getUniqueId());
      return call != null && call.isWith(complete.getQueue(), complete.getMemberName())
          ? call
          : null;
    }
    return doubtful.stream()
        .filter(call -> call.isWith(complete.getQueue(), complete.getMemberName()))
        .findFirst()
        .orElse(null);
  }

  private static QueueLogLine ofMember(ManagerEvent event) {
    if (event instanceof AgentRingNoAnswerEvent rang) {
      // In milliseconds, as in the log.
      return line(
          event,
          rang.getUniqueId(),
          rang.getQueue(),
          rang.getMemberName(),
          "RINGNOANSWER",
          text(rang.getRingtime()));
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
      return line(
          event,
          null,
          added.getQueue(),
          added.getMemberName(),
          "ADDMEMBER",
          Boolean.TRUE.equals(added.getPaused()) ? QueueLogEvents.PAUSED : "");
    }
    if (event instanceof QueueMemberRemovedEvent removed) {
      return line(event, null, removed.getQueue(), removed.getMemberName(), "REMOVEMEMBER", "");
    }
    return null;
  }

  static QueueLogLine line(
      ManagerEvent event, String call, String queue, String agent, String name, String... data) {
    return new QueueLogLine(
        time(event), call, queue, QueueLogLine.agent(agent), name, List.of(data));
  }

  /** Of the second, as the log has it: the telephone system's own word where it gives one. */
  static Instant time(ManagerEvent event) {
    Double stamp = event.getTimestamp();
    if (stamp != null) {
      return Instant.ofEpochSecond((long) Math.floor(stamp));
    }
    return Instant.ofEpochSecond(event.getDateReceived().toInstant().getEpochSecond());
  }

  static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
