package io.nabz.api.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  @Test
  void theLimitHoldsAfterInflationAndNoMoreIsInflatedThanThat() throws Exception {
    byte[] bomb = gzip(new byte[64 << 20]);
    CountingStream in = new CountingStream(bomb);
    assertThatThrownBy(() -> BoundedBody.read(in, true, 1 << 20))
        .isInstanceOf(BoundedBody.TooLargeException.class)
        .hasMessageContaining("1 MiB");
    assertThat(in.count).isLessThan(bomb.length / 4);
    assertThat(BoundedBody.read(new ByteArrayInputStream(gzip(new byte[1000])), true, 1000))
        .hasSize(1000);
    assertThatThrownBy(() -> BoundedBody.read(new ByteArrayInputStream(new byte[501]), false, 500))
        .isInstanceOf(BoundedBody.TooLargeException.class);
  }

  @Test
  void aBodyThatDribblesInIsGivenUp() {
    AtomicLong nanos = new AtomicLong();
    InputStream dribble =
        new InputStream() {
          @Override
          public int read() {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));
            return '{';
          }

          @Override
          public int read(byte[] to, int from, int length) {
            to[from] = (byte) read();
            return 1;
          }
        };
    assertThatThrownBy(() -> BoundedBody.read(dribble, false, 500, nanos::get))
        .isInstanceOf(BoundedBody.TooSlowException.class);
    assertThat(nanos.get()).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(21));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static final class CountingStream extends ByteArrayInputStream {
    private int count;

    CountingStream(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] to, int from, int length) {
      int n = super.read(to, from, length);
      count += Math.max(0, n);
      return n;
    }
  }
}
