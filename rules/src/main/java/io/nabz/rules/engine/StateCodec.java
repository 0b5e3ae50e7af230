package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sections of a customer as bytes: a table of the events that matches keep, each once, then the
 * sections in order of their keys, which speak of events by number. Of a section that has not
 * changed only these numbers are written anew, the rest is copied as it is. The same sections give
 * the same bytes. For one thread, since it writes into buffers that it keeps.
 */
final class StateCodec {
  /** Stands where the first form has the key of a rule, and is none. */
  private static final long MARK = 0x6e61627a3a72756cL;

  /** A later form gets another number. */
  private static final int FORM = 2;

  /** Marks of a section. */
  static final int HAS_DUE = 1;

  private static final int IS_UNDER_WAY = 2;

  /** What a section holds beside its matches; most hold nothing of it. */
  private static final int HAS_LAST_TOLD = 1;

  private static final int HAS_KEPT = 2;
  private static final int HAS_BY = 4;
  private static final int HAS_TOLD = 8;
  private static final int HAS_ENTRIES = 16;
  private static final int HAS_WAITING = 32;

  /** Mostly one event begins no more. */
  private static final int ROOM = 8;

  private final Packer out = new Packer();

  /** The rests of the sections that have changed, one after the other. */
  private final Packer rests = new Packer();

  /** The events of those sections, likewise. */
  private final List<Occurrence> changed = new ArrayList<>();

  private final List<Occurrence> noted = new ArrayList<>();
  private final List<Occurrence> inOrder = new ArrayList<>();
  private final Numbering<Seen> seen = new Numbering<>();
  private final Numbering<Link> links = new Numbering<>();

  /**
   * The sections as they are stored, or null for none; they know from then on where they are.
   *
   * @param sections in order of their keys
   */
  byte[] pack(List<Section> sections) {
    out.clear();
    rests.clear();
    changed.clear();
    int count = 0;
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if (section.isEmpty()) {
        continue;
      }
      count++;
      if (section.bytes == null && section.opened) {
        writeRest(section);
      }
    }
    if (count == 0) {
      return null;
    }
    Occurrence[] table = table(sections);
    writeTable(table);
    out.unsigned(count);
    int ofChanged = 0;
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if (section.isEmpty()) {
        continue;
      }
      if (section.bytes != null && width(section.table.length) == width(table.length)) {
        copy(section, table.length);
      } else {
        ofChanged = write(section, table.length, ofChanged);
      }
    }
    byte[] packed = out.toBytes();
    // So that what was stored before is held by nobody any more.
    for (Occurrence occurrence : table) {
      occurrence.storedIn(packed);
    }
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if (!section.isEmpty() && !section.isNameOnly()) {
        section.bytes = packed;
        section.table = table;
      }
    }
    return packed;
  }

  /** In order of their keys. */
  static List<Section> unpack(byte[] packed) {
    if (packed == null) {
      return new ArrayList<>(4);
    }
    Unpacker in = new Unpacker(packed);
    if (in.fixed() != MARK) {
      return FirstForm.unpack(packed);
    }
    int form = in.count();
    if (form != FORM) {
      throw newer(form);
    }
    Occurrence[] table = readTable(in, packed);
    int width = width(table.length);
    int count = in.count();
    List<Section> sections = new ArrayList<>(count + ROOM);
    for (int i = 0; i < count; i++) {
      int begin = in.at();
      long key = in.fixed();
      int marks = in.count();
      long dueMs = (marks & HAS_DUE) == 0 ? RuleState.NEVER : in.signed();
      int eventCount = in.count();
      int eventsFrom = in.at();
      in.skip(eventCount * width);
      int length = in.skipBytes();
      Section section =
          length == 0 ? Section.named(key) : Section.stored(key, (marks & IS_UNDER_WAY) != 0);
      section.dueMs = dueMs;
      if (length > 0) {
        section.bytes = packed;
        section.table = table;
        section.begin = begin;
        section.eventsFrom = eventsFrom;
        section.eventCount = eventCount;
        section.from = in.at() - length;
        section.length = length;
      }
      sections.add(section);
    }
    return sections;
  }

  /**
   * The sections in which something is under way, as they are stored; null for none.
   *
   * @param maxBytes what does not fit is there by its key alone
   */
  static byte[] underWay(byte[] packed, int maxBytes) {
    List<Section> sections = unpack(packed);
    boolean all = !sections.removeIf(section -> !section.isUnderWay());
    if (all && packed.length <= maxBytes) {
      return packed;
    }
    StateCodec codec = new StateCodec();
    byte[] told = codec.pack(sections);
    if (told == null || told.length <= maxBytes) {
      return told;
    }
    return codec.pack(fitting(unpack(told), maxBytes));
  }

  /** The first that fit, the others by their keys alone. */
  private static List<Section> fitting(List<Section> sections, int maxBytes) {
    List<Section> fitting = new ArrayList<>(sections.size());
    Set<Occurrence> weighed = new HashSet<>();
    int left = maxBytes;
    for (Section section : sections) {
      Set<Occurrence> further = new HashSet<>();
      for (int event = 0; event < section.eventCount; event++) {
        further.add(occurrence(section, event));
      }
      further.removeAll(weighed);
      int bytes = section.length + further.stream().mapToInt(Occurrence::bytes).sum();
      boolean fits = bytes <= left;
      if (fits) {
        left -= bytes;
        weighed.addAll(further);
      }
      fitting.add(fits ? section : Section.named(section.key()));
    }
    return fitting;
  }

  /** The events of all sections in their order, each once and with its number. */
  private Occurrence[] table(List<Section> sections) {
    noted.clear();
    inOrder.clear();
    Occurrence[] before = {};
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if (section.bytes != null) {
        before = section.table;
        for (int event = 0; event < section.eventCount; event++) {
          note(occurrence(section, event));
        }
      }
    }
    for (int i = 0; i < changed.size(); i++) {
      note(changed.get(i));
    }
    // Those of the table before are in order already, and mostly all but one.
    for (Occurrence occurrence : before) {
      takeNoted(occurrence);
    }
    for (int i = 0; i < noted.size(); i++) {
      takeNoted(noted.get(i));
    }
    inOrder.sort(Occurrence.ORDER);
    int size = 0;
    Occurrence last = null;
    Occurrence[] table = new Occurrence[inOrder.size()];
    for (int i = 0; i < table.length; i++) {
      Occurrence next = inOrder.get(i);
      if (last == null || Occurrence.ORDER.compare(last, next) != 0) {
        table[size++] = next;
        last = next;
      }
      next.number = size - 1;
    }
    return size == table.length ? table : Arrays.copyOf(table, size);
  }

  private void note(Occurrence occurrence) {
    if (!occurrence.noted) {
      occurrence.noted = true;
      noted.add(occurrence);
    }
  }

  private void takeNoted(Occurrence occurrence) {
    if (occurrence.noted) {
      occurrence.noted = false;
      inOrder.add(occurrence);
    }
  }

  /** Those of a type behind its name, the times as differences. */
  private void writeTable(Occurrence[] table) {
    out.fixed(MARK);
    out.unsigned(FORM);
    out.unsigned(table.length);
    long timeMs = 0;
    for (int from = 0; from < table.length; ) {
      String type = table[from].type();
      int to = from + 1;
      while (to < table.length && table[to].type().equals(type)) {
        to++;
      }
      out.text(type);
      out.unsigned(to - from);
      for (; from < to; from++) {
        Occurrence occurrence = table[from];
        out.signed(occurrence.timeMs() - timeMs);
        out.fixed(occurrence.hash());
        occurrence.writeId(out);
        timeMs = occurrence.timeMs();
      }
    }
  }

  private static Occurrence[] readTable(Unpacker in, byte[] packed) {
    Occurrence[] table = new Occurrence[in.count()];
    long timeMs = 0;
    for (int i = 0; i < table.length; ) {
      String type = in.text();
      for (int left = in.count(); left > 0; left--) {
        timeMs += in.signed();
        long hash = in.fixed();
        int length = in.skipBytes();
        table[i++] = Occurrence.stored(type, timeMs, hash, packed, in.at() - length, length);
      }
    }
    return table;
  }

  /** One that has not changed, but that its events may have other numbers. */
  private void copy(Section section, int events) {
    int width = width(events);
    int by = out.size() - section.begin;
    out.put(section.bytes, section.begin, section.from + section.length - section.begin);
    for (int event = 0; event < section.eventCount; event++) {
      int number = occurrence(section, event).number;
      for (int at = section.eventsFrom + by + event * width, i = width - 1; i >= 0; i--) {
        out.setByte(at + i, number);
        number >>>= 8;
      }
    }
    section.begin += by;
    section.eventsFrom += by;
    section.from += by;
  }

  /**
   * @param ofChanged how many of the events of changed sections have been written
   * @return how many have now
   */
  private int write(Section section, int events, int ofChanged) {
    int begin = out.size();
    boolean isChanged = section.bytes == null;
    frame(section);
    out.unsigned(section.eventCount);
    int eventsFrom = out.size();
    for (int event = 0; event < section.eventCount; event++) {
      Occurrence occurrence =
          isChanged ? changed.get(ofChanged + event) : occurrence(section, event);
      number(occurrence.number, events);
    }
    if (isChanged) {
      out.bytes(rests, section.from, section.length);
    } else {
      out.bytes(section.bytes, section.from, section.length);
    }
    section.begin = begin;
    section.eventsFrom = eventsFrom;
    section.from = out.size() - section.length;
    return isChanged ? ofChanged + section.eventCount : ofChanged;
  }

  private void frame(Section section) {
    boolean hasDue = section.dueMs != RuleState.NEVER;
    out.fixed(section.key());
    out.unsigned((hasDue ? HAS_DUE : 0) | (section.isUnderWay() ? IS_UNDER_WAY : 0));
    if (hasDue) {
      out.signed(section.dueMs);
    }
  }

  /** Numbers of events are as wide as the highest needs: to be changed without being decoded. */
  private static int width(int events) {
    return events <= 1 << 8 ? 1 : events <= 1 << 16 ? 2 : 4;
  }

  private static Occurrence occurrence(Section section, int event) {
    int width = width(section.table.length);
    int at = section.eventsFrom + event * width;
    int number = 0;
    for (int i = 0; i < width; i++) {
      number = number << 8 | (section.bytes[at + i] & 0xFF);
    }
    return section.table[number];
  }

  private void number(int number, int events) {
    for (int shift = 8 * (width(events) - 1); shift >= 0; shift -= 8) {
      out.oneByte(number >>> shift);
    }
  }

  static IllegalStateException newer(int form) {
    return new IllegalStateException("rule state of form " + form + " is from a newer release");
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
      section.newestMs += occurrence(section, 0).timeMs();
    }
    if ((holds & HAS_LAST_TOLD) != 0) {
      section.lastToldMs = section.newestMs + in.signed();
    }
    for (int i = 0; i < seen.length; i++) {
      String keptText = (holds & HAS_KEPT) == 0 ? null : in.text();
      seen[i] = Seen.stored(in.count(), occurrence(section, i), keptText);
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
      section.told.add(
          new Told(in.text(), section.newestMs + in.signed(), in.text(), links[in.count()]));
    }
    for (int left = many(in, holds, HAS_ENTRIES); left > 0; left--) {
      section.entries.add(
          new Entry(in.count(), in.text(), Double.longBitsToDouble(in.fixed()), seen[in.count()]));
    }
    for (int left = many(in, holds, HAS_WAITING); left > 0; left--) {
      long timeMs = in.signed();
      section.waiting.add(new Waiting(timeMs, timeMs + in.signed(), in.bytes()));
    }
  }

  private static int many(Unpacker in, int holds, int mark) {
    return (holds & mark) == 0 ? 0 : in.count();
  }

  /** Gathers what is shared, then writes all but the events. */
  private void writeRest(Section section) {
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
      changed.add(one.occurrence());
      hasKept |= one.keptText() != null;
    }
    boolean hasLastTold = section.lastToldMs != Section.NEVER_TOLD;
    section.from = rests.size();
    rests.unsigned(
        (hasLastTold ? HAS_LAST_TOLD : 0)
            | (hasKept ? HAS_KEPT : 0)
            | (hasBy ? HAS_BY : 0)
            | (section.told.isEmpty() ? 0 : HAS_TOLD)
            | (section.entries.isEmpty() ? 0 : HAS_ENTRIES)
            | (section.waiting.isEmpty() ? 0 : HAS_WAITING));
    rests.unsigned(section.nextSeq);
    rests.signed(
        section.eventCount == 0
            ? section.newestMs
            : section.newestMs - seen.inOrder().get(0).timeMs());
    if (hasLastTold) {
      rests.signed(section.lastToldMs - section.newestMs);
    }
    for (Seen one : seen.inOrder()) {
      if (hasKept) {
        rests.text(one.keptText());
      }
      rests.unsigned(one.seq());
    }
    writeMatches(section, hasBy);
    writeOthers(section);
    section.length = rests.size() - section.from;
  }

  private void writeMatches(Section section, boolean hasBy) {
    rests.unsigned(links.inOrder().size());
    for (Link link : links.inOrder()) {
      rests.unsigned(link.before() == null ? 0 : links.of(link.before()) + 1L);
      rests.unsigned(link.step());
      rests.unsigned(seen.of(link.seen()));
    }
    rests.unsigned(section.partials.size());
    for (Partial partial : section.partials) {
      rests.unsigned(partial.place());
      if (hasBy) {
        rests.text(partial.by());
      }
      rests.unsigned(links.of(partial.last()));
    }
  }

  private void writeOthers(Section section) {
    if (!section.told.isEmpty()) {
      rests.unsigned(section.told.size());
      for (Told told : section.told) {
        rests.text(told.alertId());
        rests.signed(told.atMs() - section.newestMs);
        rests.text(told.by());
        rests.unsigned(links.of(told.last()));
      }
    }
    if (!section.entries.isEmpty()) {
      rests.unsigned(section.entries.size());
      for (Entry entry : section.entries) {
        rests.unsigned(entry.step());
        rests.text(entry.by());
        rests.fixed(Double.doubleToLongBits(entry.value()));
        rests.unsigned(seen.of(entry.seen()));
      }
    }
    if (!section.waiting.isEmpty()) {
      rests.unsigned(section.waiting.size());
      for (Waiting waiting : section.waiting) {
        rests.signed(waiting.timeMs());
        rests.signed(waiting.receivedAtMs() - waiting.timeMs());
        rests.bytes(waiting.event());
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
