package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.RelationshipRecord;
import io.nabz.model.EventTypes;

/** Whom the customer is bound to; the other end is told by an event of its own. */
final class Relationships {
  static final int MAX_RELATIONSHIPS = 16;
  private static final int MAX_KIND_CHARS = 32;
  private static final String NO_KIND = "other";

  private Relationships() {}

  static void apply(Step step) {
    String other = step.word("customer");
    if (other == null || other.equals(step.key().customerId())) {
      return;
    }
    String kind = Sentiments.cut(step.event().text("kind"), MAX_KIND_CHARS);
    CustomerState state = step.state();
    state.relationships = Matters.orNew(state.relationships);
    RelationshipRecord relationship =
        Matters.touch(
            state.relationships,
            (kind == null ? NO_KIND : kind.replace('/', '_')) + '/' + other,
            step,
            MAX_RELATIONSHIPS,
            RelationshipRecord::new);
    boolean isNew = relationship.linkedAtMs == 0 && relationship.endedAtMs == 0;
    boolean fromThere = step.event().data().path("inverse").asBoolean();
    relationship.inverse = fromThere && (isNew || relationship.inverse);
    if (step.event().type().equals(EventTypes.RELATIONSHIP_LINKED)) {
      relationship.linkedAtMs = Math.max(relationship.linkedAtMs, step.timeMs());
    } else {
      relationship.endedAtMs = Math.max(relationship.endedAtMs, step.timeMs());
    }
  }

  static boolean holds(RelationshipRecord relationship) {
    return relationship.linkedAtMs > relationship.endedAtMs;
  }

  static String kind(RelationshipRecord relationship) {
    return relationship.id.substring(0, relationship.id.indexOf('/'));
  }

  static String customer(RelationshipRecord relationship) {
    return relationship.id.substring(relationship.id.indexOf('/') + 1);
  }
}
