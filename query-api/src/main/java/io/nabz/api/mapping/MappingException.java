package io.nabz.api.mapping;

/** A mapping is not well formed; the message names the place and what to write there. */
public final class MappingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MappingException(String message) {
    super(message, null, false, false);
  }
}
