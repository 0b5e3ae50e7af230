package io.nabz.customer.state.codec;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.FlagRecord;
import io.nabz.customer.state.ToldRecord;

/** The fields of conditions that hold, what they rest on, and who was told. */
final class FlagFields {
  private FlagFields() {}

  static void write(FieldWriter out, FlagRecord flag) {
    out.base(1, flag.sinceMs);
    out.text(2, flag.code);
    out.time(3, flag.untilMs, CustomerState.NEVER);
    out.text(4, flag.alertId);
    out.ownList(5, flag.evidence, FlagFields::writeEvidence);
  }

  static FlagRecord read(FieldReader in) {
    FlagRecord flag = new FlagRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> flag.sinceMs = in.base();
        case 2 -> flag.code = in.text();
        case 3 -> flag.untilMs = in.time();
        case 4 -> flag.alertId = in.text();
        case 5 -> flag.evidence = in.list(FlagFields::readEvidence);
        default -> in.skip();
      }
    }
    return flag;
  }

  static void writeEvidence(FieldWriter out, EvidenceRecord event) {
    out.base(1, event.timeMs);
    out.text(2, event.as);
    out.text(3, event.eventId);
    out.text(4, event.type);
  }

  static EvidenceRecord readEvidence(FieldReader in) {
    EvidenceRecord event = new EvidenceRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> event.timeMs = in.base();
        case 2 -> event.as = in.text();
        case 3 -> event.eventId = in.text();
        case 4 -> event.type = in.text();
        default -> in.skip();
      }
    }
    return event;
  }

  static void writeTold(FieldWriter out, ToldRecord told) {
    out.base(1, told.atMs);
    out.text(2, told.alertId);
  }

  static ToldRecord readTold(FieldReader in) {
    ToldRecord told = new ToldRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> told.atMs = in.base();
        case 2 -> told.alertId = in.text();
        default -> in.skip();
      }
    }
    return told;
  }
}
