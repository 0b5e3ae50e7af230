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
  private final Occurrence occurrence;
  private ObjectNode kept;
  private String keptText;

  /**
   * @param seq order of arrival within the customer and rule
   * @param kept fields that later expressions speak of, or null
   */
  Seen(int seq, Occurrence occurrence, ObjectNode kept) {
    this.seq = seq;
    this.occurrence = occurrence;
    this.kept = kept;
  }

  /** One that was stored; {@code keptText} is what {@link #keptText()} said, or null. */
  static Seen stored(int seq, Occurrence occurrence, String keptText) {
    Seen seen = new Seen(seq, occurrence, null);
    seen.keptText = keptText;
    return seen;
  }

  int seq() {
    return seq;
  }

  Occurrence occurrence() {
    return occurrence;
  }

  @Override
  public String id() {
    return occurrence.id();
  }

  @Override
  public String type() {
    return occurrence.type();
  }

  @Override
  public long timeMs() {
    return occurrence.timeMs();
  }

  long hash() {
    return occurrence.hash();
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

  /** As it is stored, which is also how it stays from here on; null for nothing. */
  String keptText() {
    if (kept != null) {
      if (keptText == null) {
        keptText = kept.toString();
      }
      // A tree takes several times the room, and most are never asked again.
      kept = null;
    }
    return keptText;
  }
}
