package io.nabz.api.store;

import static io.nabz.api.Samples.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.AlertAction;
import io.nabz.model.AlertAction.Kind;
import io.nabz.model.AlertOutcome;
import io.nabz.model.AlertState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertLifeTest {
  private static int ids;

  @Test
  void theFirstToAcknowledgeHasItAndTheOtherIsToldWho() {
    AlertLife life = AlertLife.NONE.after(action(Kind.ACKNOWLEDGE, "sara")).life();
    AlertLife.Verdict late = life.after(action(Kind.ACKNOWLEDGE, "reza"));
    assertThat(late.refusal()).contains("sara has it");
    assertThat(late.life()).isSameAs(life);
    assertThat(life.state()).isEqualTo(AlertState.ACKNOWLEDGED);
    assertThat(life.assignee()).isEqualTo("sara");
    assertThat(life.after(action(Kind.ACKNOWLEDGE, "sara")).refusal())
        .as("a button pressed twice")
        .isNull();
  }

  @Test
  void whatOneHasOnlyTheyOrASupervisorMayChange() {
    AlertLife life = AlertLife.NONE.after(action(Kind.ACKNOWLEDGE, "sara")).life();
    assertThat(life.after(resolve("reza", AlertOutcome.HELPED)).refusal()).contains("sara");
    assertThat(life.after(snooze("reza")).refusal()).contains("supervisor");
    assertThat(life.after(assign("reza", "reza", false)).refusal()).contains("sara");
    AlertLife moved = life.after(assign("boss", "reza", true)).life();
    assertThat(moved.assignee()).isEqualTo("reza");
    assertThat(moved.state()).as("reza has not said yes yet").isEqualTo(AlertState.SEEN);
    assertThat(life.after(resolve("sara", AlertOutcome.WRONG)).life().outcome())
        .isEqualTo(AlertOutcome.WRONG);
  }

  @Test
  void whatIsResolvedStaysResolved() {
    AlertLife life = AlertLife.NONE.after(resolve("sara", AlertOutcome.HELPED)).life();
    assertThat(life.after(resolve("reza", AlertOutcome.WRONG)).refusal()).contains("sara");
    assertThat(life.after(resolve("sara", AlertOutcome.HELPED)).refusal()).isNull();
    assertThat(life.after(resolve("sara", AlertOutcome.WRONG)).refusal()).isNotNull();
    assertThat(life.after(assign("boss", "reza", true)).refusal()).isNotNull();
    AlertLife seen = life.after(action(Kind.SEEN, "reza")).life();
    assertThat(seen.state()).isEqualTo(AlertState.RESOLVED);
  }

  @Test
  void aSnoozeEndsAsSeenAndAnybodyMayTakeItMeanwhile() {
    AlertLife snoozed = AlertLife.NONE.after(snooze("sara")).life();
    assertThat(snoozed.state()).isEqualTo(AlertState.SNOOZED);
    assertThat(snoozed.awake().state()).isEqualTo(AlertState.SEEN);
    assertThat(snoozed.awake().snoozedUntil()).isNull();
    AlertLife taken = snoozed.after(action(Kind.ACKNOWLEDGE, "reza")).life();
    assertThat(taken.assignee()).isEqualTo("reza");
    assertThat(taken.snoozedUntil()).isNull();
  }

  @Test
  void seeingIsCountedOnceAPersonAndTimedByTheFirst() {
    AlertLife life = AlertLife.NONE.after(action(Kind.SEEN, "sara")).life();
    assertThat(life.seenAt()).isEqualTo(TEN);
    assertThat(life.after(action(Kind.SEEN, "sara")).life()).isEqualTo(life);
    assertThat(life.after(action(Kind.SEEN, "reza")).life().history()).hasSize(2);
    AlertLife busy = life;
    for (int i = 0; i < 200; i++) {
      busy = busy.after(snooze("sara")).life();
    }
    assertThat(busy.history()).hasSize(AlertLife.MAX_STEPS);
    assertThat(busy.history().get(0).action()).isEqualTo(Kind.SEEN);
  }

  @Test
  void whateverTheOrderExactlyOneOfManyWins() {
    long seed = Long.getLong("nabz.seed", 1);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<AlertAction> actions = new ArrayList<>();
      for (String person : List.of("a", "b", "c", "d")) {
        actions.add(action(Kind.ACKNOWLEDGE, person));
        actions.add(action(Kind.SEEN, person));
      }
      Collections.shuffle(actions, random);
      AlertLife life = AlertLife.NONE;
      int won = 0;
      for (AlertAction action : actions) {
        AlertLife.Verdict verdict = life.after(action);
        won += action.action() == Kind.ACKNOWLEDGE && verdict.refusal() == null ? 1 : 0;
        life = verdict.life();
      }
      assertThat(won).as("seed " + seed).isEqualTo(1);
      assertThat(life.state()).as("seed " + seed).isEqualTo(AlertState.ACKNOWLEDGED);
    }
  }

  private static AlertAction action(Kind kind, String by) {
    return new AlertAction("x" + ids++, "a", kind, by, false, TEN, null, null, null);
  }

  private static AlertAction resolve(String by, AlertOutcome outcome) {
    return new AlertAction("x" + ids++, "a", Kind.RESOLVE, by, false, TEN, outcome, null, null);
  }

  private static AlertAction snooze(String by) {
    return new AlertAction(
        "x" + ids++, "a", Kind.SNOOZE, by, false, TEN, null, TEN.plusSeconds(60), null);
  }

  private static AlertAction assign(String by, String to, boolean supervising) {
    return new AlertAction("x" + ids++, "a", Kind.ASSIGN, by, supervising, TEN, null, null, to);
  }
}
