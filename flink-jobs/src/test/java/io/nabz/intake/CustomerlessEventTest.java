package io.nabz.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.testkit.Events;
import org.junit.jupiter.api.Test;

/** The types of the catalogue that tell of no customer. */
class CustomerlessEventTest {
  private static final long TIME_MS = Events.START.toEpochMilli();

  private final EventIntake intake = new EventIntake("IR");

  private IntakeRecord read(String type, ObjectNode data) {
    Event event = new Event("default", "/acd", "e-1", type, Events.START, null, data);
    return intake.read(event.toBytes(), TIME_MS + 40, () -> "events/0/0");
  }

  @Test
  void aHeartbeatLetsTheClockGoOnAndTellsOfNobody() {
    IntakeRecord heartbeat = read(EventTypes.SOURCE_HEARTBEAT, Events.data());

    assertThat(heartbeat.isDeadLetter()).isFalse();
    assertThat(heartbeat.customerKey).isNull();
    assertThat(heartbeat.facts).isNull();
    assertThat(heartbeat.clockMs()).isEqualTo(TIME_MS);
  }

  @Test
  void anAgentsStateIsAFactOfTheFloorAndTellsOfNoCustomer() {
    IntakeRecord change =
        read(
            EventTypes.AGENT_STATE_CHANGED,
            Events.data().put("agentId", "a-1").put("state", "busy"));

    assertThat(change.isDeadLetter()).isFalse();
    assertThat(change.customerKey).isNull();
    assertThat(change.facts).hasSize(1);
    assertThat(change.facts.get(0).subject).isEqualTo("a:default/a-1");
  }
}
