package io.nabz.customer.state.codec;

import io.nabz.customer.state.IdentifierRecord;
import io.nabz.customer.state.Profile;

/** The fields of who the customer is. */
final class ProfileFields {
  private ProfileFields() {}

  static void write(FieldWriter out, Profile profile) {
    out.ownTexts(1, profile.attributes);
    out.time(2, profile.attributesAtMs, Long.MIN_VALUE);
    out.timesByText(3, profile.attributeTimes);
    out.ownList(4, profile.identifiers, ProfileFields::writeIdentifier);
    out.list(5, profile.disowned, ProfileFields::writeIdentifier);
    out.time(6, profile.updatedAtMs, Long.MIN_VALUE);
  }

  static Profile read(FieldReader in) {
    Profile profile = new Profile();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> profile.attributes = in.textsByText();
        case 2 -> profile.attributesAtMs = in.time();
        case 3 -> profile.attributeTimes = in.timesByText();
        case 4 -> profile.identifiers = in.list(ProfileFields::readIdentifier);
        case 5 -> profile.disowned = in.list(ProfileFields::readIdentifier);
        case 6 -> profile.updatedAtMs = in.time();
        default -> in.skip();
      }
    }
    return profile;
  }

  static void writeIdentifier(FieldWriter out, IdentifierRecord identifier) {
    out.base(1, identifier.firstSeenMs);
    out.text(2, identifier.type);
    out.text(3, identifier.value);
  }

  static IdentifierRecord readIdentifier(FieldReader in) {
    IdentifierRecord identifier = new IdentifierRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> identifier.firstSeenMs = in.base();
        case 2 -> identifier.type = in.text();
        case 3 -> identifier.value = in.text();
        default -> in.skip();
      }
    }
    return identifier;
  }
}
