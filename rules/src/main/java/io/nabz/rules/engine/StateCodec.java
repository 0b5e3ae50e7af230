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

  /** Mostly one event begins no more. */
  private static final int ROOM = 8;

  private final Packer out = new Packer();

  /** Of the sections that have changed. */
  private final SectionCodec bodies = new SectionCodec();

  private final List<Occurrence> noted = new ArrayList<>();
  private final List<Occurrence> inOrder = new ArrayList<>();

  /**
   * The sections as they are stored, or null for none; they know from then on where they are.
   *
   * @param sections in order of their keys
   */
  byte[] pack(List<Section> sections) {
    out.clear();
    bodies.clear();
    int count = 0;
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if (section.isEmpty()) {
        continue;
      }
      count++;
      if (section.bytes == null && section.opened) {
        bodies.write(section);
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
    List<Occurrence> changed = bodies.events();
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
          isChanged ? bodies.events().get(ofChanged + event) : occurrence(section, event);
      number(occurrence.number, events);
    }
    if (isChanged) {
      out.bytes(bodies.bytes(), section.from, section.length);
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

  /** What the number of one of its events stands for, of a section as it is stored. */
  static Occurrence occurrence(Section section, int event) {
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
}
