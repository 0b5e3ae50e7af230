package io.nabz.api.auth;

/** A credential that does not hold. The message is for the sender and names no secret. */
public final class AuthException extends Exception {
  private static final long serialVersionUID = 1L;

  public AuthException(String message) {
    super(message, null, false, false);
  }
}
