package io.nabz.launcher.replay;

import io.nabz.model.Event;

/** Where events go: the topic of the running service, or standard output. */
public interface EventSink extends AutoCloseable {
  /**
   * May only have queued the event on return.
   *
   * @throws SinkFailed when this or an earlier event could not be sent
   */
  void send(Event event);

  /**
   * Waits until everything sent is safe.
   *
   * @throws SinkFailed when something was not
   */
  void flush();

  @Override
  void close();

  /** Events cannot be sent; the message says what to do. */
  final class SinkFailed extends RuntimeException {
    public SinkFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
