package io.nabz.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why the arbiter holds back an alert for marketing; the first one that holds is told. */
public enum SuppressionReason {
  /** The customer has refused marketing or profiling, or has not granted it where that is asked. */
  NO_CONSENT("no_consent"),
  /** A case of the customer is open. */
  UNRESOLVED_CASE("unresolved_case"),
  /** A flag says that the customer has something to complain of. */
  OPEN_COMPLAINT("open_complaint"),
  /** It is night where the customer lives. */
  QUIET_HOURS("quiet_hours"),
  /** The customer has had as many alerts of all rules as the cap allows. */
  FREQUENCY_CAP("frequency_cap"),
  /** The customer is of the group that is not shown the offer, so that its effect can be told. */
  HOLDOUT("holdout");

  private final String code;

  SuppressionReason(String code) {
    this.code = code;
  }

  /** The name on the wire. */
  @JsonValue
  public String code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException naming the accepted codes
   */
  @JsonCreator
  public static SuppressionReason of(String code) {
    return Codes.require(SuppressionReason.class, SuppressionReason::code, code);
  }
}
