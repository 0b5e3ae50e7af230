package io.nabz.identity;

import static io.nabz.testkit.Events.START;
import static io.nabz.testkit.Events.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A stream told by the minute, and what has become of everybody in it. */
abstract class IdentityScene {
  static final String PHONE = "+982112345678";
  static final String VISITOR = provisional(IdentifierType.DEVICE_ID, "d-1");
  static final String CALLER = provisional(IdentifierType.PHONE, PHONE);

  final Stages stages = new Stages(IdentityPolicy.DEFAULT, new Random(7));
  private int next;

  Event merge(int minute, String from, String into) {
    return event(
        minute, EventTypes.IDENTITY_MERGED, "C-crm", data().put("from", from).put("into", into));
  }

  Event linked(int minute, String subject, String type, String value) {
    return event(minute, EventTypes.IDENTITY_LINKED, subject, withIds(type, value));
  }

  Event page(int minute, String subject, String... identifier) {
    return event(minute, EventTypes.PAGE_VIEWED, subject, withIds(identifier));
  }

  Event call(int minute, String subject, String... identifier) {
    ObjectNode data = withIds(identifier).put("contactId", "k-" + next);
    return event(
        minute,
        EventTypes.CONTACT_INITIATED,
        subject,
        data.put("channel", "voice").put("direction", "inbound"));
  }

  Event cart(int minute, String sku, String device) {
    ObjectNode data = withIds("deviceId", device);
    return event(
        minute + 10,
        EventTypes.CART_ITEM_ADDED,
        null,
        data.put("sku", sku).put("quantity", 1).put("price", 5).put("currency", "IRR"));
  }

  static ObjectNode both() {
    ObjectNode data = data();
    data.putObject("identifiers").put("phone", PHONE).put("deviceId", "d-1");
    return data;
  }

  static ObjectNode withIds(String... identifier) {
    ObjectNode data = data();
    if (identifier.length == 2) {
      data.putObject("identifiers").put(identifier[0], identifier[1]);
    }
    return data;
  }

  static ObjectNode splitOf(String type, String value) {
    ObjectNode data = data();
    data.putObject("identifier").put(type, value);
    return data;
  }

  Event event(int minute, String type, String subject, ObjectNode data) {
    return event(START.plus(Duration.ofMinutes(minute)), type, subject, data);
  }

  Event event(Instant time, String type, String subject, ObjectNode data) {
    return new Event("default", "/t", "e-" + next++, type, time, subject, data);
  }

  long seen(String id) {
    return stages.customer(id) == null ? 0 : stages.customer(id).state.seen.size;
  }

  String redirect(String id) {
    return stages.customer(id).state.redirectTo;
  }

  Snapshot snapshot(String id) throws Exception {
    return Json.read(bytes(id), Snapshot.class);
  }

  long snapshotVersion(String id) throws Exception {
    return Json.tree(bytes(id)).get("version").asLong();
  }

  byte[] bytes(String id) {
    return Stages.LOGIC.snapshot(new CustomerKey("default", id), stages.customer(id).state);
  }

  List<String> alerts(String id, AlertState state) {
    return stages.alerts.stream()
        .filter(a -> a.customerId().equals(id) && a.state() == state)
        .map(Alert::alertId)
        .toList();
  }

  static String provisional(IdentifierType type, String value) {
    return new Identifier(type, value).provisionalCustomerId();
  }
}
