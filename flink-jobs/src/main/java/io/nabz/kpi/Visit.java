package io.nabz.kpi;

/** That a customer got in touch. */
public class Visit {
  public long contactHash;
  public long startMs;
  public Word channel = new Word();
  public Word queue = new Word();
  public Word topic = new Word();
}
