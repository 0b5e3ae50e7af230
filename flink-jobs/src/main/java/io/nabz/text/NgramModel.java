package io.nabz.text;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A linear model over hashed word and character n-grams: what the lexicon has no word for. One byte
 * a bucket; the file starts with its format and the version of the training.
 */
public final class NgramModel {
  static final int MAGIC = 0x4E42544D;
  static final int FORMAT = 1;
  public static final int BITS = 16;
  public static final int BUCKETS = 1 << BITS;
  private static final int MAX_FEATURES = 4096;

  private final String version;
  private final float bias;
  private final float scale;
  private final byte[] weights;

  NgramModel(String version, float bias, float scale, byte[] weights) {
    this.version = version;
    this.bias = bias;
    this.scale = scale;
    this.weights = weights;
  }

  /** A model that knows nothing. */
  static NgramModel none() {
    return new NgramModel("none", 0, 0, new byte[BUCKETS]);
  }

  static NgramModel shipped() {
    try (InputStream in = Resource.open("model.bin")) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static NgramModel read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    if (data.readInt() != MAGIC || data.readInt() != FORMAT) {
      throw new IOException("not a text model of format " + FORMAT + "; train it again");
    }
    String version = data.readUTF();
    float bias = data.readFloat();
    float scale = data.readFloat();
    byte[] weights = new byte[BUCKETS];
    data.readFully(weights);
    return new NgramModel(version, bias, scale, weights);
  }

  /** Keeps the coefficients as one byte each. */
  public static NgramModel of(String version, double bias, double[] coefficients) {
    double most = 1e-9;
    for (double c : coefficients) {
      most = Math.max(most, Math.abs(c));
    }
    byte[] weights = new byte[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      weights[i] = (byte) Math.round(coefficients[i] / most * 127);
    }
    return new NgramModel(version, (float) bias, (float) (most / 127), weights);
  }

  public void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(MAGIC);
    data.writeInt(FORMAT);
    data.writeUTF(version);
    data.writeFloat(bias);
    data.writeFloat(scale);
    data.write(weights);
    data.flush();
  }

  public String version() {
    return version;
  }

  /** Log odds of good against bad, about -4..4. */
  double margin(Tokens t, int[] features) {
    int n = features(t, features);
    if (n == 0) {
      return 0;
    }
    int sum = 0;
    for (int i = 0; i < n; i++) {
      sum += weights[features[i]];
    }
    return bias + scale * sum / Math.sqrt(n);
  }

  static int[] buffer() {
    return new int[MAX_FEATURES];
  }

  /** The buckets of a text; what does not fit in the buffer is left out. */
  static int features(Tokens t, int[] out) {
    int n = 0;
    long before = 0;
    for (int i = 0; i < t.count && n + 128 < out.length; i++) {
      if (t.kind[i] == Tokens.EMOJI) {
        out[n++] = bucket(t.surface[i]);
      }
      if (t.kind[i] != Tokens.FA && t.kind[i] != Tokens.LATIN) {
        continue;
      }
      long word = t.stem[i] != 0 ? t.stem[i] : t.surface[i];
      out[n++] = bucket(word + 1);
      out[n++] = bucket(Hash.join(before, word));
      before = t.is(i, Tokens.SENTENCE_END) ? 0 : word;
      n = grams(t, i, out, n);
    }
    return n;
  }

  private static int grams(Tokens t, int i, int[] out, int start) {
    int n = start;
    int from = t.offset[i];
    int length = t.length[i];
    for (int a = -1; a < length - 2; a++) {
      long h = Hash.step(Hash.SEED + 3, at(t, from, length, a));
      h = Hash.step(h, at(t, from, length, a + 1));
      h = Hash.step(h, at(t, from, length, a + 2));
      out[n++] = bucket(h);
      if (a + 3 <= length) {
        out[n++] = bucket(Hash.step(h, at(t, from, length, a + 3)));
      }
    }
    return n;
  }

  private static char at(Tokens t, int from, int length, int i) {
    return i < 0 || i >= length ? ' ' : t.pool[from + i];
  }

  private static int bucket(long hash) {
    return (int) Hash.mix(hash) & BUCKETS - 1;
  }
}
