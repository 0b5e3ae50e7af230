package io.nabz.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HotRoomTest {
  private static final int SIZE = 16 << 10;
  private static final long LEAST = 16L << 20;
  private static final long MOST = 128L << 20;

  private final HotRoom room = new HotRoom(MOST);
  private final LinkedHashSet<String> kept = new LinkedHashSet<>();

  /** Somebody is heard of; true when nothing had to be read. */
  private boolean hear(String name) {
    boolean there = kept.remove(name);
    kept.add(name);
    if (!there) {
      room.read(name, SIZE);
    }
    while ((long) kept.size() * SIZE > room.bytes()) {
      String first = kept.iterator().next();
      kept.remove(first);
      room.letGo(first, SIZE);
    }
    return there;
  }

  private double hits(int customers) {
    Random random = new Random(1);
    int there = 0;
    for (int i = 0; i < 100_000; i++) {
      boolean hit = hear("C-" + random.nextInt(customers));
      there += hit && i >= 50_000 ? 1 : 0;
    }
    return there / 50_000.0;
  }

  @Test
  void growsUntilThoseWhoComeBackFit() {
    assertThat(hits(6_000)).as("6,000 customers of 16 KiB fit").isGreaterThan(0.99);
    assertThat(room.bytes()).isBetween(6_000L * SIZE, MOST);
  }

  @Test
  void staysSmallWhereNobodyComesBackInTime() {
    hits(1_000_000);

    assertThat(room.bytes()).isEqualTo(LEAST);
  }

  @Test
  void isGivenBackWhenTheyComeNoMore() {
    hits(6_000);

    hits(1_000_000);

    assertThat(room.bytes()).isEqualTo(LEAST);
  }

  @Test
  void neverGrowsBeyondWhatItMayTake() {
    assertThat(hits(10_000)).as("most of 10,000").isGreaterThan(0.5);
    assertThat(room.bytes()).isLessThanOrEqualTo(MOST);
    assertThat(new HotRoom(1_000).bytes()).isEqualTo(1_000);
  }
}
