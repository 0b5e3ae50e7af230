package io.nabz.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.customer.state.CustomerState;
import io.nabz.job.HotCustomers.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotCustomersTest {
  private static final long INTERVAL_MS = 50;
  private static final long FAR_BEHIND_MS = 600_000;

  private final HotCustomers hot = new HotCustomers(INTERVAL_MS, 64L << 20);

  @Test
  void theFirstChangeIsToldAtOnceAndTheNextOneAfterTheInterval() {
    Entry customer = customer(1);

    assertThat(hot.mustWait(customer, 1_000, 5)).isFalse();
    hot.told(customer, 1_000);

    assertThat(hot.mustWait(customer, 1_010, 5)).isTrue();
    assertThat(hot.nextDueMs()).isEqualTo(1_050);
    assertThat(hot.nextLookMs()).isEqualTo(1_050);
  }

  @Test
  void whileTheStreamIsBehindChangesWaitForHalfOfTheDelayAndNoLongerThanACheckpoint() {
    assertThat(hot.mustWait(customer(1), 1_000, 4_000)).isTrue();
    assertThat(hot.nextDueMs()).isEqualTo(3_000);

    assertThat(hot.mustWait(customer(2), 1_000, FAR_BEHIND_MS)).isTrue();
    hot.told(hot.firstWaiting(), 3_000);
    assertThat(hot.nextDueMs()).isEqualTo(31_000);
  }

  @Test
  void nobodyWaitsForAStreamThatHasCaughtUp() {
    List<Entry> customers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      customers.add(customer(i));
      assertThat(hot.mustWait(customers.get(i), 1_000 + i, FAR_BEHIND_MS)).isTrue();
    }
    assertThat(hot.nextLookMs()).as("half a second after the last late event").isEqualTo(1_599);

    hot.look(1_598);
    assertThat(hot.nextDueMs()).as("still behind").isEqualTo(31_000);

    hot.look(1_599);
    assertThat(hot.nextDueMs()).isEqualTo(1_599);
    assertThat(hot.firstWaiting()).as("who waits longest is first").isSameAs(customers.get(0));

    long lastMs = 0;
    for (int told = 0; told < 100; told++) {
      Entry next = hot.firstWaiting();
      lastMs = hot.nextDueMs();
      hot.told(next, lastMs);
    }
    assertThat(lastMs).as("not all at once").isEqualTo(1_599 + 19);
    assertThat(hot.nextLookMs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whoWasJustToldKeepsTheIntervalWhenTheStreamCatchesUp() {
    Entry customer = customer(1);
    hot.told(customer, 1_490);
    hot.mustWait(customer, 1_495, 5);
    hot.mustWait(customer(2), 1_000, FAR_BEHIND_MS);

    hot.look(1_500);

    assertThat(hot.nextDueMs()).isEqualTo(1_500);
    hot.told(hot.firstWaiting(), 1_500);
    assertThat(hot.nextDueMs()).isEqualTo(1_540);
  }

  private Entry customer(int number) {
    Entry entry = new Entry("default/C-" + number, new CustomerState());
    hot.add(entry);
    return entry;
  }
}
