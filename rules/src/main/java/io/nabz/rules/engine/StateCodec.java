package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The sections of a customer as bytes. Events and pasts that matches share are written once; a
 * section that has not changed is copied as it is. For one thread, since it writes into buffers
 * that it keeps.
 */
final class StateCodec {
  /** First byte of a section; a later form gets another. */
  private static final int FORM = 1;

  private static final int HAS_DUE = 1;
  private static final int IS_UNDER_WAY = 2;

  private final Packer out = new Packer();
  private final Packer body = new Packer();
  private final Numbering<Seen> seen = new Numbering<>();
  private final Numbering<Link> links = new Numbering<>();

  /** The sections as they are stored, or null for none; they know from then on where they are. */
  byte[] pack(List<Section> sections) {
    out.clear();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if (section.bytes != null) {
        frame(out, section.key(), section.dueMs, section.isUnderWay());
        out.bytes(section.bytes, section.from, section.length);
        section.from = out.size() - section.length;
      } else if (!section.isEmpty()) {
        body.clear();
        write(section);
        frame(out, section.key(), section.dueMs, section.isUnderWay());
        out.bytes(body);
        section.length = body.size();
        section.from = out.size() - section.length;
      }
    }
    if (out.size() == 0) {
      return null;
    }
    byte[] packed = out.toBytes();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if (!section.isEmpty()) {
        // So that what was stored before is held by nobody any more.
        section.bytes = packed;
      }
    }
    return packed;
  }

  static List<Section> unpack(byte[] packed) {
    List<Section> sections = new ArrayList<>(4);
    if (packed != null) {
      Unpacker in = new Unpacker(packed);
      while (in.hasMore()) {
        long key = in.fixed();
        int marks = in.count();
        long dueMs = (marks & HAS_DUE) == 0 ? RuleState.NEVER : in.signed();
        int length = in.skipBytes();
        sections.add(
            Section.stored(
                key, dueMs, (marks & IS_UNDER_WAY) != 0, packed, in.at() - length, length));
      }
    }
    return sections;
  }

  /**
   * The sections in which something is under way, as they are stored; null for none.
   *
   * @param maxBytes what does not fit is there by its key alone
   */
  static byte[] underWay(byte[] packed, int maxBytes) {
    Packer out = null;
    Unpacker in = new Unpacker(packed);
    while (in.hasMore()) {
      long key = in.fixed();
      int marks = in.count();
      long dueMs = (marks & HAS_DUE) == 0 ? RuleState.NEVER : in.signed();
      int length = in.skipBytes();
      if ((marks & IS_UNDER_WAY) == 0) {
        continue;
      }
      out = out == null ? new Packer() : out;
      boolean fits = out.size() + length <= maxBytes;
      frame(out, key, dueMs, true);
      out.bytes(packed, in.at() - length, fits ? length : 0);
    }
    return out == null ? null : out.toBytes();
  }

  private static void frame(Packer out, long key, long dueMs, boolean underWay) {
    boolean hasDue = dueMs != RuleState.NEVER;
    out.fixed(key);
    out.unsigned((hasDue ? HAS_DUE : 0) | (underWay ? IS_UNDER_WAY : 0));
    if (hasDue) {
      out.signed(dueMs);
    }
  }

  /** Looks into a section. */
  static void open(Section section) {
    if (section.opened) {
      return;
    }
    Unpacker in = new Unpacker(section.bytes, section.from);
    section.open();
    int form = in.count();
    if (form != FORM) {
      throw new IllegalStateException("rule state of form " + form + " is from a newer release");
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
      section.told.add(new Told(in.text(), base + in.signed(), in.text(), links[in.count()]));
    }
    for (int left = in.count(); left > 0; left--) {
      section.entries.add(
          new Entry(in.count(), in.text(), Double.longBitsToDouble(in.fixed()), seen[in.count()]));
    }
    for (int left = in.count(); left > 0; left--) {
      section.waiting.add(new Waiting(base + in.signed(), base + in.signed(), in.bytes()));
    }
  }

  private static Seen seen(Unpacker in, long base) {
    int seq = in.count();
    long timeMs = base + in.signed();
    long hash = in.fixed();
    String id = in.text();
    String type = in.text();
    return Seen.stored(seq, id, type, timeMs, hash, in.text());
  }

  /** Gathers what is shared, then writes. */
  private void write(Section section) {
    seen.clear();
    links.clear();
    for (Partial partial : section.partials) {
      note(partial.last());
    }
    for (Told told : section.told) {
      note(told.last());
    }
    for (Entry entry : section.entries) {
      note(entry.seen());
    }
    long base = section.newestMs;
    body.unsigned(FORM);
    body.signed(base);
    body.unsigned(section.nextSeq);
    body.signed(0);
    body.unsigned(section.lastToldMs == Section.NEVER_TOLD ? 0 : 1);
    if (section.lastToldMs != Section.NEVER_TOLD) {
      body.signed(section.lastToldMs - base);
    }
    body.unsigned(seen.inOrder().size());
    for (Seen one : seen.inOrder()) {
      body.unsigned(one.seq());
      body.signed(one.timeMs() - base);
      body.fixed(one.hash());
      body.text(one.id());
      body.text(one.type());
      body.text(one.keptText());
    }
    body.unsigned(links.inOrder().size());
    for (Link link : links.inOrder()) {
      body.unsigned(link.before() == null ? 0 : links.of(link.before()) + 1L);
      body.unsigned(link.step());
      body.unsigned(seen.of(link.seen()));
    }
    body.unsigned(section.partials.size());
    for (Partial partial : section.partials) {
      body.unsigned(partial.place());
      body.text(partial.by());
      body.unsigned(links.of(partial.last()));
    }
    body.unsigned(section.told.size());
    for (Told told : section.told) {
      body.text(told.alertId());
      body.signed(told.atMs() - base);
      body.text(told.by());
      body.unsigned(links.of(told.last()));
    }
    body.unsigned(section.entries.size());
    for (Entry entry : section.entries) {
      body.unsigned(entry.step());
      body.text(entry.by());
      body.fixed(Double.doubleToLongBits(entry.value()));
      body.unsigned(seen.of(entry.seen()));
    }
    body.unsigned(section.waiting.size());
    for (Waiting waiting : section.waiting) {
      body.signed(waiting.timeMs() - base);
      body.signed(waiting.receivedAtMs() - base);
      body.bytes(waiting.event());
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
