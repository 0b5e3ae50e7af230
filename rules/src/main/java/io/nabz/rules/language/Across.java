package io.nabz.rules.language;

/** Whose events together make a match, where it is not those of one customer. */
public enum Across {
  /** Those of all customers of the tenant that have the same value in the rule's {@code by}. */
  CUSTOMERS("customers");

  private final String code;

  Across(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
