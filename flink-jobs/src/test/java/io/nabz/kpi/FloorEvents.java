package io.nabz.kpi;

import static io.nabz.kpi.Floor.seconds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.testkit.Events;

/** Moments of the floor, some seconds after the start. */
final class FloorEvents {
  private FloorEvents() {}

  static Event event(String type, String id, int atSecond, ObjectNode data) {
    return Events.of("C-" + id).after(seconds(atSecond)).event(id + type + atSecond, type, data);
  }

  static Event contact(String type, String id, int atSecond) {
    return event(
        type,
        id,
        atSecond,
        Events.data().put("contactId", id).put("channel", "voice").put("queue", "billing"));
  }

  static Event connected(String id, int atSecond, String agent) {
    return event(
        EventTypes.CONTACT_CONNECTED,
        id,
        atSecond,
        Events.data().put("contactId", id).put("agentId", agent));
  }
}
