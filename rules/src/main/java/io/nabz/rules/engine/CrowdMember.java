package io.nabz.rules.engine;

/**
 * All that a rule across customers sees of a customer: who it is.
 *
 * @param customerId whose event it is; null while time alone is at work
 */
public record CrowdMember(String customerId) implements CustomerView {
  @Override
  public Object facet(String name) {
    return null;
  }

  @Override
  public Live live() {
    return Live.NOBODY;
  }
}
