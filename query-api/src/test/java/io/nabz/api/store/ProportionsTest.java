package io.nabz.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionsTest {
  private static final double FOUR_DIGITS = 5e-5;

  /** The table of examples in Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10. */
  @Test
  void theIntervalsAreThoseOfThePaper() {
    assertIs(Proportions.difference(56, 70, 48, 80), 0.2, 0.0524, 0.3339);
    assertIs(Proportions.difference(9, 10, 3, 10), 0.6, 0.1705, 0.8090);
    assertIs(Proportions.difference(10, 10, 0, 10), 1, 0.6075, 1);
  }

  @Test
  void nobodyInEitherGroupIsNoCertainty() {
    Proportions none = Proportions.difference(0, 10, 0, 20);
    assertThat(none.difference()).isZero();
    assertThat(none.low()).isLessThan(-0.1);
    assertThat(none.high()).isGreaterThan(0.1);
  }

  private static void assertIs(Proportions found, double difference, double low, double high) {
    assertThat(found.difference()).isCloseTo(difference, within(FOUR_DIGITS));
    assertThat(found.low()).isCloseTo(low, within(FOUR_DIGITS));
    assertThat(found.high()).isCloseTo(high, within(FOUR_DIGITS));
  }
}
