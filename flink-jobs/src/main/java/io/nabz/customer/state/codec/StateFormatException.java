package io.nabz.customer.state.codec;

/** The bytes are not a customer as {@link CustomerStateCodec} writes it. */
public class StateFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  StateFormatException(String reason) {
    super(
        "The stored state of a customer cannot be read: "
            + reason
            + ". Restore from an earlier checkpoint or savepoint, with the version that wrote it.");
  }
}
