package io.nabz.launcher.asterisk;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.asteriskjava.manager.event.AgentCompleteEvent;
import org.asteriskjava.manager.event.AgentConnectEvent;
import org.asteriskjava.manager.event.AttendedTransferEvent;
import org.asteriskjava.manager.event.BlindTransferEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.QueueCallerAbandonEvent;
import org.asteriskjava.manager.event.QueueCallerJoinEvent;
import org.asteriskjava.manager.event.QueueCallerLeaveEvent;

/**
 * One call in a queue, as the manager interface tells of it. Some of what ends a call is only to be
 * understood by what follows, and the order of what is said of one moment is not fixed.
 */
final class AmiCall {
  /** What the log writes of a conversation that was joined with another. */
  private static final String BRIDGE = "BRIDGE";

  private final QueueCallerJoinEvent joined;
  private AgentConnectEvent connected;
  private QueueCallerLeaveEvent left;
  private QueueCallerAbandonEvent abandoned;
  private HangupEvent hungUp;
  private Instant doubtedAt;

  AmiCall(QueueCallerJoinEvent joined) {
    this.joined = requireNonNull(joined, "joined is null");
  }

  /** Asterisk's unique id. */
  String id() {
    return joined.getUniqueId();
  }

  QueueLogLine enter() {
    return AmiLines.line(
        joined,
        id(),
        joined.getQueue(),
        null,
        "ENTERQUEUE",
        "",
        AmiLines.text(joined.getCallerIdNum()),
        position());
  }

  QueueLogLine connect(AgentConnectEvent event) {
    connected = event;
    return AmiLines.line(
        event,
        id(),
        event.getQueue(),
        event.getMemberName(),
        "CONNECT",
        AmiLines.text(event.getHoldTime()),
        AmiLines.text(event.getDestUniqueId()),
        AmiLines.text(event.getRingtime()));
  }

  boolean isWith(String queue, String member) {
    return connected != null
        && queue.equals(connected.getQueue())
        && member.equals(connected.getMemberName());
  }

  /** The end of a conversation. */
  QueueLogLine complete(AgentCompleteEvent event) {
    String hold = AmiLines.text(event.getHoldTime());
    String talk = AmiLines.text(event.getTalkTime());
    String queue = event.getQueue();
    String member = event.getMemberName();
    return switch (AmiLines.text(event.getReason())) {
      case "agent" ->
          AmiLines.line(event, id(), queue, member, "COMPLETEAGENT", hold, talk, position());
      case "transfer" ->
          // Where it went is not said here; mostly an event of the transfer has come before this.
          AmiLines.line(
              event, id(), queue, member, "ATTENDEDTRANSFER", "", "", hold, talk, position());
      default ->
          AmiLines.line(event, id(), queue, member, "COMPLETECALLER", hold, talk, position());
    };
  }

  /** The call is sent on; null when nobody had taken it. */
  QueueLogLine transfer(BlindTransferEvent event) {
    return transfer(event, "BLINDTRANSFER", event.getExtension(), event.getContext());
  }

  /** The call is sent on to somebody who was asked before; null when nobody had taken it. */
  QueueLogLine transfer(AttendedTransferEvent event) {
    return transfer(event, "ATTENDEDTRANSFER", BRIDGE, event.getDestBridgeUniqueid());
  }

  private QueueLogLine transfer(ManagerEvent event, String name, String to, String where) {
    return connected == null
        ? null
        : AmiLines.line(
            event,
            id(),
            connected.getQueue(),
            connected.getMemberName(),
            name,
            AmiLines.text(to),
            AmiLines.text(where),
            AmiLines.text(connected.getHoldTime()),
            seconds(AmiLines.time(connected), AmiLines.time(event)),
            position());
  }

  void leave(QueueCallerLeaveEvent event) {
    left = event;
  }

  void abandon(QueueCallerAbandonEvent event) {
    abandoned = event;
  }

  void hangUp(HangupEvent event) {
    hungUp = event;
  }

  /** Whether it has ended without a doubt about how. */
  boolean isSettled() {
    return abandoned != null && hungUp != null;
  }

  /** When it was first unclear what has become of it; null while it goes on. */
  Instant doubtedAt() {
    return doubtedAt;
  }

  /** True when nothing was unclear before. */
  boolean doubt(Instant now) {
    boolean isNew = doubtedAt == null;
    doubtedAt = isNew ? now : doubtedAt;
    return isNew;
  }

  void trust() {
    doubtedAt = null;
  }

  /** How it ended, by all that was said of it; null when nothing says that it has. */
  QueueLogLine end() {
    if (abandoned != null) {
      // Who gives up is gone at once; whose time was up, or whom nobody was left to serve, is still
      // on the line. The interface says the same of the three.
      return AmiLines.line(
          abandoned,
          id(),
          joined.getQueue(),
          null,
          hungUp == null ? "EXITWITHTIMEOUT" : "ABANDON",
          AmiLines.text(abandoned.getPosition()),
          AmiLines.text(abandoned.getOriginalPosition()),
          AmiLines.text(abandoned.getHoldTime()));
    }
    if (connected == null && left != null) {
      return AmiLines.line(
          left,
          id(),
          joined.getQueue(),
          null,
          "EXITWITHKEY",
          "",
          AmiLines.text(left.getPosition()),
          position(),
          seconds(AmiLines.time(joined), AmiLines.time(left)));
    }
    if (hungUp != null) {
      return AmiLines.line(
          hungUp,
          id(),
          joined.getQueue(),
          null,
          connected == null ? QueueLogEvents.HANGUP_WAITING : QueueLogEvents.HANGUP);
    }
    return null;
  }

  private String position() {
    return AmiLines.text(joined.getPosition());
  }

  private static String seconds(Instant from, Instant until) {
    return Long.toString(Duration.between(from, until).toSeconds());
  }
}
