package io.nabz.rules.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sections of a customer as bytes. Events and pasts that matches share are written once; a
 * section that has not changed is copied as it is.
 */
final class StateCodec {
  /** First byte of a section; a later form gets another. */
  private static final int FORM = 1;

  private static final int HAS_DUE = 1;
  private static final int IS_UNDER_WAY = 2;

  private static final byte[] NOTHING = {};

  private StateCodec() {}

  static byte[] pack(List<Section> sections) {
    Packer out = new Packer();
    boolean any = false;
    for (Section section : sections) {
      if (!section.isEmpty()) {
        any = true;
        if (section.bytes == null) {
          section.bytes = pack(section);
        }
        frame(out, section.key, section.dueMs, section.isUnderWay(), section.bytes);
      }
    }
    return any ? out.toBytes() : null;
  }

  static List<Section> unpack(byte[] packed) {
    List<Section> sections = new ArrayList<>(4);
    if (packed != null) {
      Unpacker in = new Unpacker(packed);
      while (in.hasMore()) {
        long key = in.fixed();
        int marks = in.count();
        long dueMs = (marks & HAS_DUE) == 0 ? RuleState.NEVER : in.signed();
        sections.add(Section.stored(key, dueMs, (marks & IS_UNDER_WAY) != 0, in.bytes()));
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
      if ((marks & IS_UNDER_WAY) == 0) {
        in.skipBytes();
        continue;
      }
      byte[] section = in.bytes();
      out = out == null ? new Packer() : out;
      boolean fits = out.size() + section.length <= maxBytes;
      frame(out, key, dueMs, true, fits ? section : NOTHING);
    }
    return out == null ? null : out.toBytes();
  }

  private static void frame(Packer out, long key, long dueMs, boolean underWay, byte[] section) {
    boolean hasDue = dueMs != RuleState.NEVER;
    out.fixed(key);
    out.unsigned((hasDue ? HAS_DUE : 0) | (underWay ? IS_UNDER_WAY : 0));
    if (hasDue) {
      out.signed(dueMs);
    }
    out.bytes(section);
  }

  private static byte[] pack(Section section) {
    return new Writing(section).write();
  }

  /** Looks into a section. */
  static void open(Section section) {
    if (section.opened) {
      return;
    }
    Unpacker in = new Unpacker(section.bytes);
    section.opened = true;
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
    String kept = in.text();
    try {
      ObjectNode node = kept == null ? null : (ObjectNode) Json.mapper().readTree(kept);
      return new Seen(seq, id, type, timeMs, hash, node);
    } catch (IOException e) {
      throw new UncheckedIOException("rule state is damaged", e);
    }
  }

  /** Gathers what is shared, then writes. */
  private static final class Writing {
    private final Section section;
    private final Map<Seen, Integer> seen = new IdentityHashMap<>();
    private final List<Seen> seenInOrder = new ArrayList<>();
    private final Map<Link, Integer> links = new IdentityHashMap<>();
    private final List<Link> linksInOrder = new ArrayList<>();

    Writing(Section section) {
      this.section = section;
    }

    byte[] write() {
      section.partials.forEach(partial -> note(partial.last()));
      section.told.forEach(told -> note(told.last()));
      section.entries.forEach(entry -> note(entry.seen()));
      Packer out = new Packer();
      long base = section.newestMs;
      out.unsigned(FORM);
      out.signed(base);
      out.unsigned(section.nextSeq);
      out.signed(0);
      out.unsigned(section.lastToldMs == Section.NEVER_TOLD ? 0 : 1);
      if (section.lastToldMs != Section.NEVER_TOLD) {
        out.signed(section.lastToldMs - base);
      }
      out.unsigned(seenInOrder.size());
      for (Seen one : seenInOrder) {
        out.unsigned(one.seq());
        out.signed(one.timeMs() - base);
        out.fixed(one.hash());
        out.text(one.id());
        out.text(one.type());
        out.text(one.kept() == null ? null : one.kept().toString());
      }
      out.unsigned(linksInOrder.size());
      for (Link link : linksInOrder) {
        out.unsigned(link.before() == null ? 0 : links.get(link.before()) + 1L);
        out.unsigned(link.step());
        out.unsigned(seen.get(link.seen()));
      }
      out.unsigned(section.partials.size());
      for (Partial partial : section.partials) {
        out.unsigned(partial.place());
        out.text(partial.by());
        out.unsigned(links.get(partial.last()));
      }
      out.unsigned(section.told.size());
      for (Told told : section.told) {
        out.text(told.alertId());
        out.signed(told.atMs() - base);
        out.text(told.by());
        out.unsigned(links.get(told.last()));
      }
      out.unsigned(section.entries.size());
      for (Entry entry : section.entries) {
        out.unsigned(entry.step());
        out.text(entry.by());
        out.fixed(Double.doubleToLongBits(entry.value()));
        out.unsigned(seen.get(entry.seen()));
      }
      out.unsigned(section.waiting.size());
      for (Waiting waiting : section.waiting) {
        out.signed(waiting.timeMs() - base);
        out.signed(waiting.receivedAtMs() - base);
        out.bytes(waiting.event());
      }
      return out.toBytes();
    }

    private void note(Link link) {
      if (link == null || links.containsKey(link)) {
        return;
      }
      note(link.before());
      note(link.seen());
      links.put(link, linksInOrder.size());
      linksInOrder.add(link);
    }

    private void note(Seen one) {
      if (seen.putIfAbsent(one, seenInOrder.size()) == null) {
        seenInOrder.add(one);
      }
    }
  }
}
