package io.nabz.rules.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import io.nabz.rules.expression.PastEvent;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a match keeps of an event. The fields that it keeps are parsed when an expression asks for
 * them and written when they are stored, each once.
 */
final class Seen implements PastEvent {
  private final int seq;
  private final String id;
  private final String type;
  private final long timeMs;
  private final long hash;
  private ObjectNode kept;
  private String keptText;

  /**
   * @param seq order of arrival within the customer and rule
   * @param hash of source and id
   * @param kept fields that later expressions speak of, or null
   */
  Seen(int seq, String id, String type, long timeMs, long hash, ObjectNode kept) {
    this(seq, id, type, timeMs, hash, kept, null);
  }

  private Seen(
      int seq, String id, String type, long timeMs, long hash, ObjectNode kept, String keptText) {
    this.seq = seq;
    this.id = id;
    this.type = type;
    this.timeMs = timeMs;
    this.hash = hash;
    this.kept = kept;
    this.keptText = keptText;
  }

  /** One that was stored; {@code keptText} is what {@link #keptText()} said, or null. */
  static Seen stored(int seq, String id, String type, long timeMs, long hash, String keptText) {
    return new Seen(seq, id, type, timeMs, hash, null, keptText);
  }

  int seq() {
    return seq;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public long timeMs() {
    return timeMs;
  }

  long hash() {
    return hash;
  }

  @Override
  public ObjectNode kept() {
    if (kept == null && keptText != null) {
      try {
        kept = (ObjectNode) Json.mapper().readTree(keptText);
      } catch (IOException e) {
        throw new UncheckedIOException("rule state is damaged", e);
      }
    }
    return kept;
  }

  /** As it is stored; null for nothing. */
  String keptText() {
    if (keptText == null && kept != null) {
      keptText = kept.toString();
    }
    return keptText;
  }
}
