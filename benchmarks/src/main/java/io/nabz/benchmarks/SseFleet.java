package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many live clients on one thread, as browsers are: each remembers the last id it has read and
 * comes back with it. Some of them can be told never to read.
 */
final class SseFleet implements AutoCloseable {
  /** Hears of alerts in the order in which a client has them; called by the fleet's thread. */
  @FunctionalInterface
  interface Listener {
    void alert(int client, long sequence, long nanos);
  }

  /** Small, so that a client that does not read is soon full. */
  private static final int SILENT_BUFFER = 4 << 10;

  private static final byte[] ID = "id: ".getBytes(US_ASCII);
  private static final byte[] DATA = "data: ".getBytes(US_ASCII);

  private final InetSocketAddress address;
  private final String head;
  private final Listener listener;
  private final Selector selector;
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private final AtomicInteger greeted = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "bench-fleet");
  private Client[] clients = {};
  private volatile boolean closed;

  SseFleet(int port, String token, Listener listener) throws IOException {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    // HTTP/1.0: the answer comes as it is, without chunks.
    this.head =
        " HTTP/1.0\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer " + token + "\r\n";
    this.listener = listener;
    this.selector = Selector.open();
    thread.start();
  }

  /** One client. */
  private final class Client {
    private final int number;
    private final String path;
    private final boolean reads;
    private SocketChannel channel;
    private byte[] line = new byte[2 << 10];
    private int length;
    private String lastId;
    private String id;
    private long sequence = -1;
    private boolean isGreeted;

    Client(int number, String path, boolean reads) {
      this.number = number;
      this.path = path;
      this.reads = reads;
    }

    void connect() {
      try {
        channel = SocketChannel.open();
        if (!reads) {
          channel.setOption(StandardSocketOptions.SO_RCVBUF, SILENT_BUFFER);
        }
        channel.configureBlocking(false);
        channel.connect(address);
        channel.register(selector, SelectionKey.OP_CONNECT, this);
        length = 0;
        sequence = -1;
        id = null;
        isGreeted = false;
      } catch (IOException e) {
        throw new UncheckedIOException("a client cannot connect", e);
      }
    }

    void connected(SelectionKey key) throws IOException {
      channel.finishConnect();
      String after = lastId == null ? "" : "Last-Event-ID: " + lastId + "\r\n";
      channel.write(ByteBuffer.wrap(("GET " + path + head + after + "\r\n").getBytes(US_ASCII)));
      key.interestOps(reads ? SelectionKey.OP_READ : 0);
      if (!reads) {
        isGreeted = true;
        greeted.incrementAndGet();
      }
    }

    /** False when the server has ended the stream. */
    boolean read(ByteBuffer buffer) throws IOException {
      buffer.clear();
      int count = channel.read(buffer);
      long nanos = System.nanoTime();
      for (int i = 0; i < count; i++) {
        byte b = buffer.get(i);
        if (b == '\n') {
          line(nanos);
          length = 0;
        } else if (b != '\r') {
          if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
          }
          line[length++] = b;
        }
      }
      return count >= 0;
    }

    private void line(long nanos) {
      if (length == 0) {
        // A frame counts when it is whole: what was cut in the middle comes again.
        if (id != null) {
          lastId = id;
          if (!isGreeted) {
            isGreeted = true;
            greeted.incrementAndGet();
          }
        }
        if (sequence >= 0) {
          listener.alert(number, sequence, nanos);
        }
        id = null;
        sequence = -1;
      } else if (startsWith(ID)) {
        id = new String(line, ID.length, length - ID.length, US_ASCII);
      } else if (startsWith(DATA)) {
        sequence = SequenceId.newestIn(Arrays.copyOf(line, length));
      }
    }

    private boolean startsWith(byte[] prefix) {
      return length >= prefix.length
          && Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length);
    }

    void leave() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Adds clients.
   *
   * @param reads false for those that never do
   */
  void add(int count, String path, boolean reads) {
    order(
        () -> {
          int from = clients.length;
          clients = Arrays.copyOf(clients, from + count);
          for (int i = from; i < clients.length; i++) {
            clients[i] = new Client(i, path, reads);
            clients[i].connect();
          }
        });
  }

  /** All readers go at once, and come back at once with the last id that each has. */
  void storm() {
    order(
        () -> {
          for (Client client : clients) {
            if (client.reads) {
              client.leave();
            }
          }
          for (Client client : clients) {
            if (client.reads) {
              client.connect();
            }
          }
        });
  }

  /** How often one that came, or came back, had a first sign from the server, or does not read. */
  int greeted() {
    return greeted.get();
  }

  private void order(Runnable order) {
    orders.add(order);
    selector.wakeup();
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    try {
      while (!closed) {
        selector.select();
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
          order.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key, (Client) key.attachment(), buffer);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException | ClosedSelectorException e) {
      if (!closed) {
        Progress.say("the clients have failed: %s", e);
      }
    }
  }

  private static void serve(SelectionKey key, Client client, ByteBuffer buffer) {
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.isConnectable()) {
        client.connected(key);
      } else if (key.isReadable() && !client.read(buffer)) {
        client.leave();
        client.connect();
      }
    } catch (IOException e) {
      // The server has cut it off, or refused: it comes back, as a browser does.
      client.leave();
      client.connect();
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(5_000);
      for (Client client : clients) {
        client.leave();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
