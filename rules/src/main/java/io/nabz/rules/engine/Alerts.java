package io.nabz.rules.engine;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CustomerKey;
import io.nabz.model.StableHash;
import io.nabz.rules.expression.Scope;
import io.nabz.rules.language.Action;
import io.nabz.rules.language.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the alert of a match. */
final class Alerts {
  private static final int MAX_EVIDENCE = 20;
  static final String QUEUE = "data.queue";
  private static final double WHOLE = 0x1p32;

  private Alerts() {}

  /**
   * The same for the same rule, version, customer and events, and for nothing else. Across
   * customers it is the cooldown's turn and not the events: in what order those of several
   * customers come differs from one run to the next, and with it who completes the match, but two
   * alerts lie a cooldown apart and so never in one turn.
   */
  static String id(Rule rule, Call call, Link match, long atMs) {
    List<String> parts = new ArrayList<>();
    parts.add(rule.id());
    parts.add(Integer.toString(rule.version()));
    if (call.crowd() != null) {
      parts.add(call.crowd().toString());
      parts.add(Long.toString(Math.floorDiv(atMs, rule.cooldown().toMillis())));
      return StableHash.id(parts.toArray(String[]::new));
    }
    parts.add(call.key().toString());
    for (Link link : match.all()) {
      parts.add(Long.toHexString(link.seen().hash()));
    }
    return StableHash.id(parts.toArray(String[]::new));
  }

  /**
   * @param scope sees the match, for the placeholders
   * @param receivedAt null when no event made it so
   * @param further events beyond those of the match that it rests on
   */
  static Alert of(
      CompiledRule compiled,
      String id,
      AlertState state,
      Link match,
      List<Entry> further,
      Instant receivedAt,
      long atMs,
      Scope scope,
      Call call) {
    Rule rule = compiled.rule();
    CustomerView.Live live = live(call);
    return new Alert(
        id,
        rule.id(),
        rule.version(),
        call.key() == null ? null : call.key().customerId(),
        rule.audience(),
        rule.severity(),
        state,
        live.agentId(),
        live.contactId(),
        live.queue(),
        compiled.title().render(scope),
        compiled.advice() == null ? null : compiled.advice().render(scope),
        evidence(rule, match, further),
        offer(rule.then().offer(), call.key()),
        new Alert.Times(Instant.ofEpochMilli(atMs), receivedAt, call.detectedAt(), null));
  }

  /** What is about a queue is for those who look after it, as with a customer who is in it. */
  private static CustomerView.Live live(Call call) {
    return call.crowd() != null && call.crowd().field().equals(QUEUE)
        ? new CustomerView.Live(null, null, call.crowd().value())
        : call.customer().live();
  }

  private static List<Alert.Evidence> evidence(Rule rule, Link match, List<Entry> further) {
    List<Alert.Evidence> evidence = new ArrayList<>();
    for (Entry entry : further) {
      if (entry.seen() != match.seen()) {
        evidence.add(evidence(rule, entry.step(), entry.seen()));
      }
    }
    for (Link link : match.all()) {
      evidence.add(evidence(rule, link.step(), link.seen()));
    }
    int from = Math.max(0, evidence.size() - MAX_EVIDENCE);
    return evidence.subList(from, evidence.size());
  }

  private static Alert.Evidence evidence(Rule rule, int step, Seen seen) {
    return new Alert.Evidence(
        rule.pattern().get(step).as(), seen.id(), seen.type(), Instant.ofEpochMilli(seen.timeMs()));
  }

  /** Whoever is held out stays held out: the group follows from the offer and the customer. */
  private static Alert.Offer offer(Action.Offer offer, CustomerKey key) {
    if (offer == null) {
      return null;
    }
    long hash = StableHash.pair(offer.id(), key.toString()) >>> 32;
    return new Alert.Offer(offer.id(), hash / WHOLE < offer.holdout() ? "holdout" : "treatment");
  }
}
