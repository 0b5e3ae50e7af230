package io.nabz.launcher.asterisk;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Digits;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import io.nabz.model.StableHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes events of the lines of a queue log. The same line gives the same events with the same ids,
 * so a log that is read twice changes nothing.
 */
final class QueueLogEvents {
  /** What has fewer is an inner number or a short code, though some country may have such. */
  private static final int MIN_DIGITS = 7;

  /** No line of a log: a call that was talking is gone, and nothing has said so before. */
  static final String HANGUP = "HANGUP";

  /** The same of a call that was still waiting. */
  static final String HANGUP_WAITING = "HANGUPWAITING";

  /** Beside a member who is added and does not take calls yet. */
  static final String PAUSED = "PAUSED";

  private final IdentifierNormaliser normaliser;
  private final String tenant;
  private final String source;
  private final Calls calls;
  private long skipped;

  /**
   * @param source of all events, e.g. {@code /pbx/tehran}
   * @param known calls that were going on when the log was left
   */
  QueueLogEvents(
      IdentifierNormaliser normaliser, String tenant, String source, List<Calls.Call> known) {
    this.normaliser = requireNonNull(normaliser, "normaliser is null");
    this.tenant = requireNonNull(tenant, "tenant is null");
    this.source = requireNonNull(source, "source is null");
    this.calls = new Calls(known);
  }

  /** The calls that are going on. */
  List<Calls.Call> open() {
    return calls.all();
  }

  /** How many lines nothing was made of. */
  long skipped() {
    return skipped;
  }

  /** The events of a line; none when it says nothing of a customer or an agent. */
  List<Event> of(QueueLogLine line) {
    List<Event> events =
        switch (line.event()) {
          case "ENTERQUEUE" -> entered(line);
          case "CONNECT" -> connected(line);
          case "COMPLETEAGENT" -> ended(line, "agent");
          case "COMPLETECALLER" -> ended(line, "customer");
          case "ABANDON" -> left(line, null, line.seconds(2));
          case "EXITWITHTIMEOUT" -> left(line, "timeout", line.seconds(2));
          case "EXITWITHKEY" -> left(line, "key", line.seconds(3));
          case "EXITEMPTY" -> left(line, "no_agents", line.seconds(2));
          case "BLINDTRANSFER", "TRANSFER" -> transferred(line, line.seconds(2), line.seconds(3));
          case "ATTENDEDTRANSFER" -> transferred(line, line.seconds(2), line.seconds(3));
          case HANGUP -> hungUp(line);
          case HANGUP_WAITING -> left(line, "hangup", null);
          case "RINGNOANSWER" -> rang(line);
          case "ADDMEMBER" -> agent(line, PAUSED.equals(line.data(0)) ? "away" : "available");
          case "AGENTLOGIN", "AGENTCALLBACKLOGIN", "UNPAUSE", "UNPAUSEALL" ->
              agent(line, "available");
          case "PAUSE", "PAUSEALL" -> agent(line, "away");
          case "REMOVEMEMBER", "AGENTLOGOFF", "AGENTCALLBACKLOGOFF" -> agent(line, "offline");
          default -> List.of();
        };
    if (events.isEmpty()) {
      skipped++;
    }
    return events;
  }

  private List<Event> entered(QueueLogLine line) {
    if (line.call() == null) {
      return List.of();
    }
    List<Event> events = new ArrayList<>();
    if (calls.get(line.call()) == null) {
      calls.put(new Calls.Call(line.call(), phone(line.data(1)), line.at().minusMillis(1)));
      events.add(
          event(line, EventTypes.CONTACT_INITIATED, contact(line).put("direction", "inbound")));
    }
    events.add(event(line, EventTypes.CONTACT_QUEUED, contact(line)));
    return events;
  }

  private List<Event> connected(QueueLogLine line) {
    if (calls.get(line.call()) == null) {
      return List.of();
    }
    ObjectNode data = contact(line);
    seconds(data, "waitSeconds", line.seconds(0));
    return List.of(event(line, EventTypes.CONTACT_CONNECTED, data), agentState(line, "busy"));
  }

  private List<Event> ended(QueueLogLine line, String by) {
    if (calls.get(line.call()) == null) {
      return List.of();
    }
    ObjectNode data = contact(line).put("endedBy", by);
    seconds(data, "waitSeconds", line.seconds(0));
    seconds(data, "talkSeconds", line.seconds(1));
    List<Event> events =
        List.of(event(line, EventTypes.CONTACT_ENDED, data), agentState(line, "available"));
    calls.end(line.call());
    return events;
  }

  private List<Event> hungUp(QueueLogLine line) {
    if (calls.get(line.call()) == null) {
      return List.of();
    }
    List<Event> events = List.of(event(line, EventTypes.CONTACT_ENDED, contact(line)));
    calls.end(line.call());
    return events;
  }

  private List<Event> left(QueueLogLine line, String reason, Integer waited) {
    if (calls.get(line.call()) == null) {
      return List.of();
    }
    ObjectNode data = contact(line);
    if (reason != null) {
      data.put("reason", reason);
    }
    seconds(data, "waitSeconds", waited);
    List<Event> events = List.of(event(line, EventTypes.CONTACT_ABANDONED, data));
    calls.end(line.call());
    return events;
  }

  /** The call leaves what the log sees, so it also ends; entering another queue begins it again. */
  private List<Event> transferred(QueueLogLine line, Integer waited, Integer talked) {
    if (calls.get(line.call()) == null) {
      return List.of();
    }
    ObjectNode data = contact(line);
    if (line.data(0) != null) {
      data.put("to", line.data(0));
    }
    ObjectNode end = contact(line).put("disposition", "transferred");
    seconds(end, "waitSeconds", waited);
    seconds(end, "talkSeconds", talked);
    List<Event> events =
        List.of(
            event(line, EventTypes.CONTACT_TRANSFERRED, data),
            event(line, EventTypes.CONTACT_ENDED, end),
            agentState(line, "available"));
    calls.end(line.call());
    return events;
  }

  private List<Event> rang(QueueLogLine line) {
    if (line.agent() == null) {
      return List.of();
    }
    ObjectNode data = ofAgent(line);
    Integer millis = line.seconds(0);
    if (millis != null) {
      // Asterisk writes milliseconds here and seconds everywhere else.
      data.put("ringSeconds", millis / 1000.0);
    }
    return List.of(event(line, "agent.no_answer", data));
  }

  private List<Event> agent(QueueLogLine line, String state) {
    return line.agent() == null ? List.of() : List.of(agentState(line, state));
  }

  private Event agentState(QueueLogLine line, String state) {
    return event(line, EventTypes.AGENT_STATE_CHANGED, ofAgent(line).put("state", state));
  }

  private static ObjectNode ofAgent(QueueLogLine line) {
    ObjectNode data = Json.mapper().createObjectNode().put("agentId", line.agent());
    return line.queue() == null ? data : data.put("queue", line.queue());
  }

  private ObjectNode contact(QueueLogLine line) {
    Calls.Call call = calls.get(line.call());
    ObjectNode data = Json.mapper().createObjectNode();
    ObjectNode identifiers = data.putObject("identifiers");
    if (call.phone() == null) {
      // Nobody is known by a withheld number, yet the floor counts the call.
      identifiers.put(IdentifierType.SESSION_ID.code(), source + '/' + call.id());
    } else {
      identifiers.put(IdentifierType.PHONE.code(), call.phone());
    }
    data.put("contactId", call.id()).put("channel", "voice");
    if (line.queue() != null) {
      data.put("queue", line.queue());
    }
    return line.agent() == null ? data : data.put("agentId", line.agent());
  }

  /** E.164, or null for what no customer can be reached at: nothing, or an inner number. */
  private String phone(String written) {
    if (written == null
        || Digits.toLatin(written).chars().filter(c -> c >= '0' && c <= '9').count() < MIN_DIGITS) {
      return null;
    }
    Identifier phone = normaliser.normalise(IdentifierType.PHONE, written);
    return phone == null || !phone.value().startsWith("+") ? null : phone.value();
  }

  private Event event(QueueLogLine line, String type, ObjectNode data) {
    return new Event(
        tenant,
        source,
        StableHash.id(
            line.at().toString(),
            String.valueOf(line.call()),
            String.valueOf(line.queue()),
            String.valueOf(line.agent()),
            line.event(),
            String.join("|", line.data()),
            type),
        type,
        time(line),
        null,
        data);
  }

  /** Lines of one second keep their order: each event of a call is later than the one before. */
  private Instant time(QueueLogLine line) {
    Calls.Call call = calls.get(line.call());
    if (call == null) {
      return line.at();
    }
    Instant at = call.last().isBefore(line.at()) ? line.at() : call.last().plusMillis(1);
    calls.put(new Calls.Call(call.id(), call.phone(), at));
    return at;
  }

  private static void seconds(ObjectNode data, String field, Integer seconds) {
    if (seconds != null) {
      data.put(field, seconds);
    }
  }
}
