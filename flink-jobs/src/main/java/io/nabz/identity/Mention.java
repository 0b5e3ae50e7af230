package io.nabz.identity;

/** An identifier as an event names it. */
public class Mention {
  /** Its node: the key of the customer that it provisionally stands for. */
  public String node;

  public boolean weak;

  /** {@code IdentifierType} by its code. */
  public String type;

  /** Normalised. */
  public String value;

  public Mention() {}

  public Mention(String node, boolean weak, String type, String value) {
    this.node = node;
    this.weak = weak;
    this.type = type;
    this.value = value;
  }
}
