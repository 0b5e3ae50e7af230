package io.nabz.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.Samples;
import io.nabz.api.privacy.Sight;
import io.nabz.api.store.AlertChange;
import io.nabz.api.store.Position;
import io.nabz.api.store.ServedAlert;
import org.junit.jupiter.api.Test;

class ToldAlertsTest {
  private final ToldAlerts told =
      new ToldAlerts((change, sight) -> Frame.of(change.position().toString(), "alert", sight));

  @Test
  void theNewestAreHeldAndEncodedOncePerSight() {
    AlertChange newest = null;
    // One more than are held.
    for (int number = 0; number <= ToldAlerts.KEPT; number++) {
      newest = change(number);
      told.add(newest);
    }
    assertThat(told.at(new Position("e", 0))).isNull();
    assertThat(told.at(new Position("e", 1))).isNotNull();
    assertThat(told.at(newest.position())).isSameAs(newest);
    Frame whole = told.frame(newest, Sight.WHOLE);
    assertThat(told.frame(newest, Sight.WHOLE)).isSameAs(whole);
    assertThat(told.frame(newest, Sight.INDIRECT)).isNotSameAs(whole);
  }

  @Test
  void anotherLifeOfTheViewHasOtherChangesAtTheSameNumbers() {
    told.add(change(7));
    assertThat(told.at(new Position("another", 7))).isNull();
  }

  @Test
  void whatIsNotHeldIsEncodedAllTheSame() {
    assertThat(told.frame(change(7), Sight.WHOLE).toString()).contains("id: e-7\n");
  }

  private static AlertChange change(long number) {
    return new AlertChange(
        "default",
        new Position("e", number),
        new ServedAlert(Samples.alert("a" + number, "C-1"), null));
  }
}
