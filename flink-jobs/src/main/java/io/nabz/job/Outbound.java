package io.nabz.job;

import io.nabz.model.Topic;
import java.util.Map;

/** A record on its way to Kafka, already in bytes so that nothing is serialised twice. */
public class Outbound {
  /** Where it goes; null where the sink has but one topic. */
  public String topic;

  public byte[] key;
  public byte[] value;

  /** Header values by name; null for none. */
  public Map<String, String> headers;

  /** Of a snapshot, what rules have under way of the customer; null for nothing. */
  public byte[] underWay;

  public Outbound() {}

  public Outbound(byte[] key, byte[] value) {
    this.key = key;
    this.value = value;
  }

  Outbound(Topic topic, byte[] key, byte[] value) {
    this(key, value);
    this.topic = topic.topicName();
  }

  boolean goesTo(Topic to) {
    return to.topicName().equals(topic);
  }
}
