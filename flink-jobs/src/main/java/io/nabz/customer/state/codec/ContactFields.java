package io.nabz.customer.state.codec;

import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.RepeatRecord;
import io.nabz.customer.state.ResolutionRecord;

/** The fields of contacts and of what is counted of them. */
final class ContactFields {
  private ContactFields() {}

  static void write(FieldWriter out, ContactRecord contact) {
    out.base(1, contact.baseMs);
    out.text(2, contact.contactId);
    out.text(3, contact.channel);
    out.text(4, contact.direction);
    out.text(5, contact.startEventId);
    out.time(6, contact.initiatedAtMs);
    out.time(7, contact.connectedAtMs);
    out.time(8, contact.endedAtMs);
    out.time(9, contact.firstAtMs);
    out.time(10, contact.describedAtMs);
    out.time(11, contact.countedAtMs);
    out.text(12, contact.countedChannel);
    out.offsets(13, contact.saidAt);
    out.text(14, contact.topic);
    out.text(15, contact.queue);
    out.text(16, contact.agentId);
    out.time(17, contact.queuedAtMs);
    out.text(18, contact.countedTopic);
    out.text(19, contact.messageChannel);
    out.text(20, contact.disposition);
    out.time(21, contact.abandonedAtMs);
    out.time(22, contact.lostAtMs);
    out.real(23, contact.waitSeconds, -1);
    out.number(24, contact.transfers);
  }

  static ContactRecord read(FieldReader in) {
    ContactRecord contact = new ContactRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> contact.baseMs = in.base();
        case 2 -> contact.contactId = in.text();
        case 3 -> contact.channel = in.text();
        case 4 -> contact.direction = in.text();
        case 5 -> contact.startEventId = in.text();
        case 6 -> contact.initiatedAtMs = in.time();
        case 7 -> contact.connectedAtMs = in.time();
        case 8 -> contact.endedAtMs = in.time();
        case 9 -> contact.firstAtMs = in.time();
        case 10 -> contact.describedAtMs = in.time();
        case 11 -> contact.countedAtMs = in.time();
        case 12 -> contact.countedChannel = in.text();
        case 13 -> contact.saidAt = in.offsets();
        case 14 -> contact.topic = in.text();
        case 15 -> contact.queue = in.text();
        case 16 -> contact.agentId = in.text();
        case 17 -> contact.queuedAtMs = in.time();
        case 18 -> contact.countedTopic = in.text();
        case 19 -> contact.messageChannel = in.text();
        case 20 -> contact.disposition = in.text();
        case 21 -> contact.abandonedAtMs = in.time();
        case 22 -> contact.lostAtMs = in.time();
        case 23 -> contact.waitSeconds = in.real();
        case 24 -> contact.transfers = in.smallNumber();
        default -> in.skip();
      }
    }
    return contact;
  }

  static void writeRepeats(FieldWriter out, RepeatRecord repeats) {
    out.number(1, repeats.repeatContacts);
    out.number(2, repeats.peak);
  }

  static RepeatRecord readRepeats(FieldReader in) {
    RepeatRecord repeats = new RepeatRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> repeats.repeatContacts = in.number();
        case 2 -> repeats.peak = in.smallNumber();
        default -> in.skip();
      }
    }
    return repeats;
  }

  static void writeResolution(FieldWriter out, ResolutionRecord resolution) {
    out.number(1, resolution.contacts);
    out.number(2, resolution.followed);
    out.number(3, resolution.topicContacts);
    out.number(4, resolution.topicFollowed);
  }

  static ResolutionRecord readResolution(FieldReader in) {
    ResolutionRecord resolution = new ResolutionRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> resolution.contacts = in.number();
        case 2 -> resolution.followed = in.number();
        case 3 -> resolution.topicContacts = in.number();
        case 4 -> resolution.topicFollowed = in.number();
        default -> in.skip();
      }
    }
    return resolution;
  }
}
