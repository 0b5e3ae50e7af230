package io.nabz.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * What somebody wants to do with an alert. Whether it counts is decided by the order in {@code
 * nabz.alert-actions}, so that of two at once one wins, for every reader the same.
 *
 * @param actionId tells actions apart
 * @param by who, as the credential says
 * @param supervising whether that person may take over what others have
 * @param outcome of resolve; else null
 * @param until of snooze; else null
 * @param assignee of assign; else null
 */
public record AlertAction(
    String actionId,
    String alertId,
    Kind action,
    String by,
    boolean supervising,
    Instant at,
    AlertOutcome outcome,
    Instant until,
    String assignee) {

  /** The things that can be done. */
  public enum Kind {
    SEEN("seen"),
    ACKNOWLEDGE("acknowledge"),
    RESOLVE("resolve"),
    SNOOZE("snooze"),
    ASSIGN("assign");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The name on the wire and in the path. */
    @JsonValue
    public String code() {
      return code;
    }

    /**
     * @throws IllegalArgumentException naming the accepted codes
     */
    @JsonCreator
    public static Kind of(String code) {
      return Codes.require(Kind.class, Kind::code, code);
    }
  }

  public AlertAction {
    requireNonNull(actionId, "actionId is null");
    requireNonNull(alertId, "alertId is null");
    requireNonNull(action, "action is null");
    requireNonNull(by, "by is null");
    requireNonNull(at, "at is null");
    requireFor(Kind.RESOLVE, action, outcome, "outcome");
    requireFor(Kind.SNOOZE, action, until, "until");
    requireFor(Kind.ASSIGN, action, assignee, "assignee");
  }

  private static void requireFor(Kind kind, Kind action, Object value, String name) {
    if ((action == kind) == (value == null)) {
      throw new IllegalArgumentException(name + " is for " + kind.code() + " and needed there");
    }
  }
}
