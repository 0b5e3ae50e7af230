package io.nabz.rules.engine;

import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.StableHash;
import io.nabz.rules.expression.Scope;
import io.nabz.rules.language.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes the alert of a rule that watches sources or queues. */
public final class WatchAlert {
  private WatchAlert() {}

  /**
   * @param key whose source or queue it is about
   * @param turn what tells this trouble of the source or queue from its others: when the silence or
   *     the quarter began. The alert's id follows from it, so that a replay finds the same
   * @param atMs when it was so, in event time
   * @param figures for the placeholders
   * @param detectedAt the wall clock; goes into the alert and nowhere else
   */
  public static Alert of(
      CompiledRule compiled,
      CrowdKey key,
      long turn,
      AlertState state,
      long atMs,
      Map<String, ?> figures,
      Instant detectedAt) {
    Rule rule = compiled.rule();
    Scope scope = new Scope().by(key.value()).figures(figures);
    if (state == AlertState.OPEN) {
      compiled.health().matched();
    }
    return new Alert(
        StableHash.id(
            rule.id(), Integer.toString(rule.version()), key.toString(), Long.toString(turn)),
        rule.id(),
        rule.version(),
        null,
        rule.audience(),
        rule.severity(),
        state,
        null,
        null,
        key.field().equals(Alerts.QUEUE) ? key.value() : null,
        compiled.title().render(scope),
        compiled.advice() == null ? null : compiled.advice().render(scope),
        List.of(),
        null,
        new Alert.Times(Instant.ofEpochMilli(atMs), null, detectedAt, null));
  }
}
