package io.nabz.customer;

import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.FlagRecord;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.ContactState;
import io.nabz.model.CustomerKey;
import io.nabz.model.FlagCode;
import io.nabz.model.StableHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Raising, ending and disproving of flags, each raise with its alert. */
final class Flags {
  private Flags() {}

  /** Raises the flag and alerts; must not be called while it holds. */
  static void raise(
      CustomerKey key,
      CustomerState state,
      FlagCode code,
      long sinceMs,
      long untilMs,
      List<EvidenceRecord> evidence,
      Changes changes) {
    FlagRecord flag = new FlagRecord();
    flag.code = code.name();
    flag.sinceMs = sinceMs;
    flag.untilMs = untilMs;
    flag.evidence = new ArrayList<>(evidence);
    flag.alertId = alertId(key, code, evidence);
    state.flags.add(flag);
    tell(key, state, code, flag, AlertState.OPEN, changes);
  }

  /** Raises the flag, or keeps it in line with what is known by now; the alert stays the same. */
  static void hold(
      CustomerKey key,
      CustomerState state,
      FlagCode code,
      Review.Condition condition,
      Changes changes) {
    FlagRecord flag = state.flag(code.name());
    if (flag == null) {
      raise(
          key,
          state,
          code,
          condition.sinceMs(),
          condition.untilMs(),
          condition.evidence(),
          changes);
    } else {
      flag.alertId = flag.alertId == null ? alertId(key, code, flag.evidence) : flag.alertId;
      flag.sinceMs = condition.sinceMs();
      flag.untilMs = condition.untilMs();
      flag.evidence = new ArrayList<>(condition.evidence());
    }
  }

  /** The condition is over; its alert stands, since it was true. */
  static void end(CustomerState state, FlagCode code) {
    state.flags.removeIf(flag -> flag.code.equals(code.name()));
  }

  /** What raised the flag turned out not to be so: the flag goes and its alert is taken back. */
  static void retract(CustomerKey key, CustomerState state, FlagCode code, Changes changes) {
    FlagRecord flag = state.flag(code.name());
    if (flag != null) {
      state.flags.remove(flag);
      tell(key, state, code, flag, AlertState.RETRACTED, changes);
    }
  }

  /**
   * Alerts of what was true for a while in the past, or takes such an alert back; no flag holds.
   */
  static void tellOfThePast(
      CustomerKey key,
      CustomerState state,
      FlagCode code,
      long sinceMs,
      EvidenceRecord evidence,
      AlertState alertState,
      Changes changes) {
    FlagRecord past = new FlagRecord();
    past.sinceMs = sinceMs;
    past.evidence = List.of(evidence);
    tell(key, state, code, past, alertState, changes);
  }

  private static void tell(
      CustomerKey key,
      CustomerState state,
      FlagCode code,
      FlagRecord flag,
      AlertState alertState,
      Changes changes) {
    if (BuiltInRules.of(code).alerts()) {
      changes.add(alert(key, state, code, flag, alertState, changes));
    }
  }

  private static Alert alert(
      CustomerKey key,
      CustomerState state,
      FlagCode code,
      FlagRecord flag,
      AlertState alertState,
      Changes changes) {
    BuiltInRules.Rule rule = BuiltInRules.of(code);
    ContactRecord live = liveContact(state);
    Instant eventAt = Instant.ofEpochMilli(flag.sinceMs);
    return new Alert(
        flag.alertId == null ? alertId(key, code, flag.evidence) : flag.alertId,
        code.ruleId(),
        BuiltInRules.VERSION,
        key.customerId(),
        rule.audience(),
        code.severity(),
        alertState,
        live == null ? null : live.agentId,
        live == null ? null : live.contactId,
        live == null ? null : live.queue,
        rule.title(),
        rule.advice(),
        flag.evidence.stream()
            .map(e -> new Alert.Evidence(e.as, e.eventId, e.type, Instant.ofEpochMilli(e.timeMs)))
            .toList(),
        null,
        new Alert.Times(eventAt, changes.receivedAt(), changes.detectedAt(), null));
  }

  private static String alertId(CustomerKey key, FlagCode code, List<EvidenceRecord> evidence) {
    List<String> parts = new ArrayList<>();
    parts.add(code.ruleId());
    parts.add(Integer.toString(BuiltInRules.VERSION));
    parts.add(key.toString());
    for (EvidenceRecord event : evidence) {
      parts.add(event.eventId);
    }
    return StableHash.id(parts.toArray(String[]::new));
  }

  /** The contact by which somebody has the customer now, or null. */
  static ContactRecord liveContact(CustomerState state) {
    ContactRecord queued = null;
    for (ContactRecord contact : state.contacts) {
      ContactState contactState = Contacts.state(contact);
      if (contactState == ContactState.CONNECTED) {
        return contact;
      }
      if (queued == null && !contactState.isOver()) {
        queued = contact;
      }
    }
    return queued;
  }
}
