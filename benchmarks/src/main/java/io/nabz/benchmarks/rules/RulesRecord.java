package io.nabz.benchmarks.rules;

/** What our matcher is given: an event as it came, and whose it is, as within the product. */
public class RulesRecord {
  public String customer;
  public byte[] event;

  public RulesRecord() {}
}
