package io.nabz.rules.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.Alert;
import io.nabz.model.Audience;
import io.nabz.model.LocalisedText;
import io.nabz.model.Severity;
import java.time.Instant;
import java.util.List;

/**
 * What one rule has under way of one customer, told for people: how far it has come and what it
 * waits for.
 *
 * @param matches those begun last first
 * @param notListed how many more there are, or -1 when there are too many to be told of
 */
public record UnderWay(
    String ruleId,
    int ruleVersion,
    LocalisedText name,
    Audience audience,
    Severity severity,
    List<Match> matches,
    int notListed) {
  public UnderWay {
    requireNonNull(ruleId, "ruleId is null");
    matches = List.copyOf(matches);
  }

  /**
   * A match that has begun.
   *
   * @param since time of its first event
   * @param until when its window ends, or its oldest event leaves the window; null for no end
   * @param by the value that its events have in common, or null
   * @param waitsFor any of these brings it further
   * @param endedBy any of these disproves it
   */
  public record Match(
      Instant since,
      Instant until,
      String by,
      List<Alert.Evidence> evidence,
      List<Awaited> waitsFor,
      List<Awaited> endedBy) {
    public Match {
      requireNonNull(since, "since is null");
      evidence = List.copyOf(evidence);
      waitsFor = List.copyOf(waitsFor);
      endedBy = List.copyOf(endedBy);
    }
  }

  /**
   * What may come next.
   *
   * @param as the step's name
   * @param types of event that the step takes
   * @param where the step's condition, or null
   * @param taken how many events the step has taken so far; null where one is enough
   * @param needed how many it takes, at least; null where one is enough
   * @param aggregate the step's figure as the rule has it, or null
   * @param figure where that figure stands now, or null
   * @param at of an absence, when it is told unless such an event comes before; null otherwise
   */
  public record Awaited(
      Kind kind,
      String as,
      List<String> types,
      String where,
      Integer taken,
      Integer needed,
      JsonNode aggregate,
      Double figure,
      Instant at) {
    public Awaited {
      requireNonNull(kind, "kind is null");
      types = List.copyOf(types);
    }
  }

  /** In what way something is awaited. */
  public enum Kind {
    EVENT("event"),
    ABSENCE("absence");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The name on the wire. */
    @JsonValue
    public String code() {
      return code;
    }
  }

  /**
   * Reads what {@link RuleState#underWay} gave.
   *
   * @param rules those that run; what others had begun is over
   * @param now what ended before is over
   */
  public static List<UnderWay> read(RuleSet rules, byte[] told, Instant now) {
    return UnderWayReader.read(rules, told, now.toEpochMilli());
  }
}
