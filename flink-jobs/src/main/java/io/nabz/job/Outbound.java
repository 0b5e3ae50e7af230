package io.nabz.job;

import java.util.Map;

/** A record on its way to Kafka, already in bytes so that nothing is serialised twice. */
public class Outbound {
  public byte[] key;
  public byte[] value;

  /** Header values by name; null for none. */
  public Map<String, String> headers;

  public Outbound() {}

  public Outbound(byte[] key, byte[] value) {
    this.key = key;
    this.value = value;
  }
}
