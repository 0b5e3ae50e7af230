package io.nabz.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void quantilesAreWithinOnePercentOrFiftyMilliseconds() {
    Random random = new Random(7);
    Histogram histogram = new Histogram();
    List<Long> lengths = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      long length = (long) Math.exp(random.nextDouble() * Math.log(90_000_000));
      lengths.add(length);
      histogram.add(length, 1);
    }
    Collections.sort(lengths);

    for (double q : new double[] {0.01, 0.25, 0.5, 0.9, 0.95, 0.999, 1}) {
      double exact = lengths.get((int) Math.ceil(q * lengths.size()) - 1);
      assertThat(histogram.quantileMs(q))
          .as("quantile " + q)
          .isCloseTo(exact, within(Math.max(100, 0.0101 * exact)));
    }
  }

  @Test
  void whatIsTakenOutLeavesNoTrace() {
    Histogram histogram = new Histogram();
    histogram.add(700, 1);
    Histogram other = new Histogram();
    other.add(9_000, 2);
    other.add(700, -1);

    histogram.addAll(other);
    histogram.add(9_000, -2);

    assertThat(histogram.isEmpty()).isTrue();
    assertThat(histogram.quantileMs(0.5)).isNaN();
  }

  @Test
  void whoWasAnsweredAtOnceWaitedNotAtAll() {
    Histogram histogram = new Histogram();
    histogram.add(0, 3);

    assertThat(histogram.quantileMs(0.9)).isZero();
  }

  @Test
  void everyMeasureHasASlotOfItsOwn() {
    assertThat(Measure.values()).extracting(Measure::slot).doesNotHaveDuplicates();
    assertThat(Measure.values())
        .extracting(Measure::slot)
        .allMatch(slot -> slot >= 0 && slot < Measure.SLOTS);
  }
}
