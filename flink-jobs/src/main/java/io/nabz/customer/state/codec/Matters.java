package io.nabz.customer.state.codec;

import io.nabz.customer.state.Matter;

/** The fields 1 to 5, which every kept matter has. */
final class Matters {
  private Matters() {}

  static void write(FieldWriter out, Matter matter) {
    out.base(1, matter.baseMs);
    out.text(2, matter.id);
    out.time(3, matter.firstAtMs);
    out.time(4, matter.lastAtMs);
    out.offsets(5, matter.saidAt);
  }

  /** Reads one of them, or passes over a field that nobody knows. */
  static void read(FieldReader in, Matter matter, int field) {
    switch (field) {
      case 1 -> matter.baseMs = in.base();
      case 2 -> matter.id = in.text();
      case 3 -> matter.firstAtMs = in.time();
      case 4 -> matter.lastAtMs = in.time();
      case 5 -> matter.saidAt = in.offsets();
      default -> in.skip();
    }
  }
}
