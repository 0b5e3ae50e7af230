package io.nabz.launcher.asterisk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;

/** A manager interface over a real socket that lets one in and says what it is told to say. */
final class ScriptedAmi implements AutoCloseable {
  private final ServerSocket server;
  private final boolean refuses;
  private final Thread thread = new Thread(this::serve, "scripted-ami");
  private volatile Socket client;
  private volatile int logins;

  /**
   * @param port 0 for any free one
   */
  ScriptedAmi(int port, boolean refuses) throws IOException {
    this.server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    this.refuses = refuses;
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  int logins() {
    return logins;
  }

  /** Says an event: its name, then names and values in turn. */
  void say(String event, Object... fields) throws IOException {
    StringBuilder text = new StringBuilder("Event: " + event + "\r\nPrivilege: agent,all\r\n");
    for (int i = 0; i < fields.length; i += 2) {
      text.append(fields[i]).append(": ").append(fields[i + 1]).append("\r\n");
    }
    write(text + "\r\n");
  }

  /** Says what another manager interface has said: events, each with an empty line behind it. */
  void sayAgain(String recorded) throws IOException {
    write(recorded.replace("\n", "\r\n"));
  }

  /** Ends the connection without a word. */
  void hangUp() throws IOException {
    client.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket accepted = server.accept()) {
        client = accepted;
        write("Asterisk Call Manager/7.0.3\r\n");
        BufferedReader in =
            new BufferedReader(new InputStreamReader(accepted.getInputStream(), UTF_8));
        Map<String, String> action = new LinkedHashMap<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (!line.isEmpty()) {
            int colon = line.indexOf(':');
            action.put(line.substring(0, colon).toLowerCase(), line.substring(colon + 1).strip());
          } else if (!action.isEmpty()) {
            answer(action);
            action.clear();
          }
        }
      } catch (IOException e) {
        // The client has gone, or the test is over.
      }
    }
  }

  private void answer(Map<String, String> action) throws IOException {
    String id = "ActionID: " + action.get("actionid") + "\r\n";
    switch (action.getOrDefault("action", "").toLowerCase()) {
      case "challenge" -> write("Response: Success\r\n" + id + "Challenge: 840415273\r\n\r\n");
      case "login" -> {
        if (refuses) {
          write("Response: Error\r\n" + id + "Message: Authentication failed\r\n\r\n");
        } else {
          write("Response: Success\r\n" + id + "Message: Authentication accepted\r\n\r\n");
          logins++;
        }
      }
      case "coresettings" ->
          write(
              "Response: Success\r\n"
                  + id
                  + "AsteriskVersion: 18.10.0\r\nAMIversion: 7.0.3\r\n\r\n");
      case "command" ->
          write(
              "Response: Success\r\n"
                  + id
                  + "Message: Command output follows\r\nOutput: Asterisk 18.10.0\r\n\r\n");
      case "logoff" -> write("Response: Goodbye\r\n" + id + "Message: Thanks\r\n\r\n");
      default -> write("Response: Success\r\n" + id + "\r\n");
    }
  }

  private synchronized void write(String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF_8));
    client.getOutputStream().flush();
  }

  @Override
  public void close() {
    try {
      server.close();
      if (client != null) {
        client.close();
      }
      thread.join(5_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
