package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The body of a section, which is all but its frame and the numbers of its events: what only the
 * rule itself asks for. Bodies are written one after the other, in the order of their sections.
 */
final class SectionCodec {
  /** What a section holds beside its matches; most hold nothing of it. */
  private static final int HAS_LAST_TOLD = 1;

  private static final int HAS_KEPT = 2;
  private static final int HAS_BY = 4;
  private static final int HAS_TOLD = 8;
  private static final int HAS_ENTRIES = 16;
  private static final int HAS_WAITING = 32;

  private final Packer out = new Packer();

  /** The events of the sections that were written, likewise one after the other. */
  private final List<Occurrence> events = new ArrayList<>();

  private final Numbering<Seen> seen = new Numbering<>();
  private final Numbering<Link> links = new Numbering<>();

  void clear() {
    out.clear();
    events.clear();
  }

  Packer bytes() {
    return out;
  }

  List<Occurrence> events() {
    return events;
  }

  /** Looks into a section. */
  static void open(Section section) {
    if (section.opened) {
      return;
    }
    Unpacker in = new Unpacker(section.bytes, section.from);
    section.open();
    int holds = in.count();
    section.nextSeq = in.count();
    section.newestMs = in.signed();
    Seen[] seen = new Seen[section.eventCount];
    if (seen.length > 0) {
      section.newestMs += StateCodec.occurrence(section, 0).timeMs();
    }
    if ((holds & HAS_LAST_TOLD) != 0) {
      section.lastToldMs = section.newestMs + in.signed();
    }
    for (int i = 0; i < seen.length; i++) {
      String keptText = (holds & HAS_KEPT) == 0 ? null : in.text();
      seen[i] = Seen.stored(in.count(), StateCodec.occurrence(section, i), keptText);
    }
    Link[] links = new Link[in.count()];
    for (int i = 0; i < links.length; i++) {
      int before = in.count() - 1;
      links[i] = new Link(before < 0 ? null : links[before], in.count(), seen[in.count()]);
    }
    boolean hasBy = (holds & HAS_BY) != 0;
    for (int left = in.count(); left > 0; left--) {
      int place = in.count();
      String by = hasBy ? in.text() : null;
      Link last = links[in.count()];
      section.partials.add(new Partial(place, by, last.first(), last));
    }
    for (int left = many(in, holds, HAS_TOLD); left > 0; left--) {
      section.tell(
          new Told(in.text(), section.newestMs + in.signed(), in.text(), links[in.count()]));
    }
    for (int left = many(in, holds, HAS_ENTRIES); left > 0; left--) {
      section
          .ownEntries()
          .add(
              new Entry(
                  in.count(), in.text(), Double.longBitsToDouble(in.fixed()), seen[in.count()]));
    }
    for (int left = many(in, holds, HAS_WAITING); left > 0; left--) {
      long timeMs = in.signed();
      section.ownWaiting().add(new Waiting(timeMs, timeMs + in.signed(), in.bytes()));
    }
  }

  private static int many(Unpacker in, int holds, int mark) {
    return (holds & mark) == 0 ? 0 : in.count();
  }

  /** Gathers what is shared, then writes all but the events; the section knows then where. */
  void write(Section section) {
    seen.clear();
    links.clear();
    boolean hasBy = false;
    for (Partial partial : section.partials) {
      note(partial.last());
      hasBy |= partial.by() != null;
    }
    for (Told told : section.told) {
      note(told.last());
    }
    for (Entry entry : section.entries) {
      note(entry.seen());
    }
    section.eventCount = seen.inOrder().size();
    boolean hasKept = false;
    for (Seen one : seen.inOrder()) {
      events.add(one.occurrence());
      hasKept |= one.keptText() != null;
    }
    boolean hasLastTold = section.lastToldMs != Section.NEVER_TOLD;
    section.from = out.size();
    out.unsigned(
        (hasLastTold ? HAS_LAST_TOLD : 0)
            | (hasKept ? HAS_KEPT : 0)
            | (hasBy ? HAS_BY : 0)
            | (section.told.isEmpty() ? 0 : HAS_TOLD)
            | (section.entries.isEmpty() ? 0 : HAS_ENTRIES)
            | (section.waiting.isEmpty() ? 0 : HAS_WAITING));
    out.unsigned(section.nextSeq);
    out.signed(
        section.eventCount == 0
            ? section.newestMs
            : section.newestMs - seen.inOrder().get(0).timeMs());
    if (hasLastTold) {
      out.signed(section.lastToldMs - section.newestMs);
    }
    for (Seen one : seen.inOrder()) {
      if (hasKept) {
        out.text(one.keptText());
      }
      out.unsigned(one.seq());
    }
    writeMatches(section, hasBy);
    writeOthers(section);
    section.length = out.size() - section.from;
  }

  private void writeMatches(Section section, boolean hasBy) {
    out.unsigned(links.inOrder().size());
    for (Link link : links.inOrder()) {
      out.unsigned(link.before() == null ? 0 : links.of(link.before()) + 1L);
      out.unsigned(link.step());
      out.unsigned(seen.of(link.seen()));
    }
    out.unsigned(section.partials.size());
    for (Partial partial : section.partials) {
      out.unsigned(partial.place());
      if (hasBy) {
        out.text(partial.by());
      }
      out.unsigned(links.of(partial.last()));
    }
  }

  private void writeOthers(Section section) {
    if (!section.told.isEmpty()) {
      out.unsigned(section.told.size());
      for (Told told : section.told) {
        out.text(told.alertId());
        out.signed(told.atMs() - section.newestMs);
        out.text(told.by());
        out.unsigned(links.of(told.last()));
      }
    }
    if (!section.entries.isEmpty()) {
      out.unsigned(section.entries.size());
      for (Entry entry : section.entries) {
        out.unsigned(entry.step());
        out.text(entry.by());
        out.fixed(Double.doubleToLongBits(entry.value()));
        out.unsigned(seen.of(entry.seen()));
      }
    }
    if (!section.waiting.isEmpty()) {
      out.unsigned(section.waiting.size());
      for (Waiting waiting : section.waiting) {
        out.signed(waiting.timeMs());
        out.signed(waiting.receivedAtMs() - waiting.timeMs());
        out.bytes(waiting.event());
      }
    }
  }

  private void note(Link link) {
    if (link == null || links.of(link) >= 0) {
      return;
    }
    note(link.before());
    note(link.seen());
    links.add(link);
  }

  private void note(Seen one) {
    if (seen.of(one) < 0) {
      seen.add(one);
    }
  }
}
