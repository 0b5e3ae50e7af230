package io.nabz.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.EventTypes;
import io.nabz.model.StableHash;
import io.nabz.testkit.Events;
import org.junit.jupiter.api.Test;

class OtherEndTest {
  private static final long RECEIVED_MS = Events.START.toEpochMilli() + 40;
  private final EventIntake intake = new EventIntake("IR");

  private OtherEndRecord otherEnd(String type, ObjectNode data) {
    Event event = Events.of("C-1").event("e-1", type, data);
    return intake.read(event.toBytes(), RECEIVED_MS, () -> "events/0/0").otherEnd;
  }

  private static ObjectNode household(String other) {
    return Events.data().put("customer", other).put("kind", "household");
  }

  @Test
  void theOtherEndIsToldOfTheFirst() {
    OtherEndRecord told = otherEnd(EventTypes.RELATIONSHIP_LINKED, household("C-7"));

    Event event = EventDecoder.trusted(told.bytes);
    assertThat(told.customerKey).isEqualTo("default/C-7");
    assertThat(event.subject()).isEqualTo("C-7");
    assertThat(event.time()).isEqualTo(Events.START);
    assertThat(event.data())
        .isEqualTo(
            Events.data().put("customer", "C-1").put("kind", "household").put("inverse", true));
    assertThat(told.hash).isEqualTo(StableHash.pair(event.source(), event.id()));
  }

  @Test
  void whatIsToldToTheOtherEndIsToldBackAsItWas() {
    OtherEndRecord told =
        otherEnd(EventTypes.RELATIONSHIP_ENDED, household("C-7").put("inverse", true));

    assertThat(EventDecoder.trusted(told.bytes).data().has("inverse")).isFalse();
  }

  @Test
  void nobodyElseIsToldOfAnythingElse() {
    assertThat(otherEnd(EventTypes.RELATIONSHIP_LINKED, household("C-1"))).as("itself").isNull();
    assertThat(otherEnd(EventTypes.RELATIONSHIP_LINKED, Events.data())).as("nobody").isNull();
    assertThat(otherEnd(EventTypes.PAGE_VIEWED, household("C-7"))).as("a page").isNull();
    assertThat(otherEnd("relationship.unheard_of", household("C-7"))).as("unknown").isNull();
  }
}
