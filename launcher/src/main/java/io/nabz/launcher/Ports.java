package io.nabz.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Checks ports before anything is started, so that the refusal names the option. */
final class Ports {
  private Ports() {}

  /**
   * @throws LaunchException when the port cannot be listened on; 0 always can
   */
  static void requireFree(String option, int port) {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers themselves do: a port whose last connections linger is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    } catch (IOException e) {
      throw new LaunchException(
          "port %d is in use; free it, or choose another with %s (0 takes any free one)"
              .formatted(port, option),
          e);
    }
  }
}
