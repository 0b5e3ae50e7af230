package io.nabz.launcher.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One row for each event of a session. The articles of one order are separate events of one time in
 * the recording; here they are one row with all items.
 */
final class OttoSessions implements RowShaper {
  @Override
  public List<ObjectNode> shape(ObjectNode session) {
    if (!session.path("session").canConvertToLong() || !session.path("events").isArray()) {
      throw new BadRow("not a session: it needs a whole number 'session' and an array 'events'");
    }
    List<ObjectNode> rows = new ArrayList<>();
    Map<Long, ObjectNode> orderAt = new HashMap<>();
    int number = 0;
    for (JsonNode event : session.get("events")) {
      if (!event.path("ts").canConvertToLong() || !event.hasNonNull("aid")) {
        throw new BadRow("an event of the session has no article ('aid') or time ('ts')");
      }
      String type = event.path("type").asText();
      boolean order = type.equals("orders");
      ObjectNode row = order ? orderAt.get(event.get("ts").asLong()) : null;
      if (row == null) {
        row = Json.mapper().createObjectNode();
        row.set("session", session.get("session"));
        row.put("number", number).put("type", type).put("aid", event.get("aid").asText());
        row.set("ts", event.get("ts"));
        row.putArray("items");
        rows.add(row);
        if (order) {
          orderAt.put(event.get("ts").asLong(), row);
        }
      }
      ((ArrayNode) row.get("items")).addObject().put("sku", event.get("aid").asText());
      number++;
    }
    return rows;
  }
}
