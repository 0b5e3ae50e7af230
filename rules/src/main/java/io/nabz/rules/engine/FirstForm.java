package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the sections of a customer as releases up to 0.1.0 wrote them: one after the other, each
 * with its own copy of the events. They are looked into at once, so that they are written anew.
 */
final class FirstForm {
  private static final int FORM = 1;

  private FirstForm() {}

  /** In order of their keys. */
  static List<Section> unpack(byte[] packed) {
    List<Section> sections = new ArrayList<>(4);
    Unpacker in = new Unpacker(packed);
    while (in.hasMore()) {
      long key = in.fixed();
      int marks = in.count();
      long dueMs = (marks & StateCodec.HAS_DUE) == 0 ? RuleState.NEVER : in.signed();
      int length = in.skipBytes();
      Section section;
      if (length == 0) {
        section = Section.named(key);
      } else {
        section = new Section(key);
        read(section, new Unpacker(packed, in.at() - length));
      }
      section.dueMs = dueMs;
      sections.add(section);
    }
    sections.sort(Comparator.comparingLong(Section::key));
    return sections;
  }

  private static void read(Section section, Unpacker in) {
    int form = in.count();
    if (form != FORM) {
      throw StateCodec.newer(form);
    }
    long base = in.signed();
    section.nextSeq = in.count();
    section.newestMs = base + in.signed();
    section.lastToldMs = in.unsigned() == 0 ? Section.NEVER_TOLD : base + in.signed();
    Seen[] seen = new Seen[in.count()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = seen(in, base);
    }
    Link[] links = new Link[in.count()];
    for (int i = 0; i < links.length; i++) {
      int before = in.count() - 1;
      links[i] = new Link(before < 0 ? null : links[before], in.count(), seen[in.count()]);
    }
    for (int left = in.count(); left > 0; left--) {
      int place = in.count();
      String by = in.text();
      Link last = links[in.count()];
      section.partials.add(new Partial(place, by, last.first(), last));
    }
    for (int left = in.count(); left > 0; left--) {
      section.tell(new Told(in.text(), base + in.signed(), in.text(), links[in.count()]));
    }
    for (int left = in.count(); left > 0; left--) {
      section
          .ownEntries()
          .add(
              new Entry(
                  in.count(), in.text(), Double.longBitsToDouble(in.fixed()), seen[in.count()]));
    }
    for (int left = in.count(); left > 0; left--) {
      section.ownWaiting().add(new Waiting(base + in.signed(), base + in.signed(), in.bytes()));
    }
  }

  private static Seen seen(Unpacker in, long base) {
    int seq = in.count();
    long timeMs = base + in.signed();
    long hash = in.fixed();
    String id = in.text();
    String type = in.text();
    return Seen.stored(seq, new Occurrence(type, timeMs, hash, id), in.text());
  }
}
