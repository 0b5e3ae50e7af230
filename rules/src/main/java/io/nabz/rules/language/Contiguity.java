package io.nabz.rules.language;

/** What may lie between an event of a match and the next one. */
public enum Contiguity {
  /** Nothing. */
  STRICT("strict"),
  /** Whatever does not itself match the step. */
  RELAXED("relaxed"),
  /** Whatever: also events that match the step are passed over, in a match of their own. */
  ANY("any");

  private final String code;

  Contiguity(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
