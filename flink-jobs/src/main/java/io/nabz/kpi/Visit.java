package io.nabz.kpi;

/** That a customer got in touch. */
public class Visit {
  public long contactHash;
  public long startMs;
  public Words words = new Words();
}
