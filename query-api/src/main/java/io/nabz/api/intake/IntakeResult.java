package io.nabz.api.intake;

import java.util.List;

/**
 * What became of the events of one request.
 *
 * @param accepted how many events the broker has
 * @param refused how many messages could not be used, or not wholly
 * @param errors the first of those, {@value #MAX_ERRORS} at most
 */
public record IntakeResult(int accepted, int refused, List<Error> errors) {
  static final int MAX_ERRORS = 100;

  public IntakeResult {
    errors = List.copyOf(errors);
  }

  /**
   * One event that could not be used.
   *
   * @param index of the event in the body, from 0
   * @param reason the code, as in the dead letters
   * @param detail a sentence that says what to send
   */
  public record Error(int index, String reason, String detail) {}
}
