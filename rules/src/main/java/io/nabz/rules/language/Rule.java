package io.nabz.rules.language;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Audience;
import io.nabz.model.LocalisedText;
import io.nabz.model.Severity;
import java.time.Duration;
import java.util.List;

/**
 * A pattern over the events of one customer, or across customers, or what is watched of sources and
 * queues, and what to do when it matches, as its author wrote it. {@link RuleReader} reads one;
 * expressions are checked by the compiler.
 *
 * @param version set by the server; grows with each change
 * @param why what it is good for, or null
 * @param pattern empty if something is watched
 * @param within from the first event of a match to its last, exclusive; null for one-step rules
 * @param by dotted path in the event, e.g. {@code data.orderId}: only events with the same value
 *     make a match; null for all of the customer's events
 * @param across null for a rule that sees one customer at a time
 * @param watch of a rule across sources or queues, otherwise null
 * @param condition CEL over the customer when the pattern has matched, or null
 * @param cooldown per rule and customer, or value of {@code by} across customers; zero for none
 * @param source the document, for readers that show it
 */
public record Rule(
    String id,
    int version,
    boolean enabled,
    LocalisedText name,
    LocalisedText why,
    Audience audience,
    Severity severity,
    List<Step> pattern,
    Duration within,
    String by,
    Across across,
    Watch watch,
    RuleOrdering ordering,
    AfterMatch afterMatch,
    String condition,
    Duration cooldown,
    Action then,
    ObjectNode source) {
  public Rule {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(audience, "audience is null");
    requireNonNull(severity, "severity is null");
    pattern = List.copyOf(pattern);
    requireNonNull(ordering, "ordering is null");
    requireNonNull(afterMatch, "afterMatch is null");
    requireNonNull(cooldown, "cooldown is null");
    requireNonNull(then, "then is null");
    requireNonNull(source, "source is null");
  }

  /** Whether it looks at more than one customer at a time. */
  public boolean isAcross() {
    return across != null;
  }

  /** Whether it watches sources or queues, and has no pattern over events. */
  public boolean isWatch() {
    return watch != null;
  }

  /** Whether the last step is one that must not come before the window ends. */
  public boolean endsInAbsence() {
    return !pattern.isEmpty() && pattern.get(pattern.size() - 1).not();
  }
}
