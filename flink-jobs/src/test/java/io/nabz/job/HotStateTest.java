package io.nabz.job;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.identity.IdentityPolicy;
import io.nabz.identity.IdentityRecord;
import io.nabz.identity.Kept;
import io.nabz.identity.LinkList;
import io.nabz.identity.LinksState;
import io.nabz.identity.Mention;
import io.nabz.identity.NodeState;
import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.kpi.AgentRecord;
import io.nabz.kpi.CaseRecord;
import io.nabz.kpi.ContactRecord;
import io.nabz.kpi.CustomerRecord;
import io.nabz.kpi.Fact;
import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.Share;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is held, let go, written late or lost in a failure: an operator tells what one tells
 * that holds nothing, and leaves the same in its state.
 */
class HotStateTest {
  private static final long SEED = Long.getLong("nabz.seed", 1);
  private static final int STREAMS = 4;
  private static final int STEPS = 600;

  /** Room for some of the keys, so that others are let go all the time. */
  private static final long LITTLE_ROOM = 8_000;

  private static final long NO_ROOM = 0;
  private static final EventIntake INTAKE = new EventIntake("IR");
  private static final long T0 = START.toEpochMilli();
  private static final long A_DAY_MS = Duration.ofDays(1).toMillis();

  /** Whoever was heard of within ten minutes is not forgotten. */
  private static final long A_WHILE_MS = Duration.ofMinutes(11).toMillis();

  private static final long TWO_YEARS_MS = 730 * A_DAY_MS;

  private static final IdentityPolicy FEW_EVENTS =
      new IdentityPolicy(5, Duration.ofDays(30), 5, Duration.ofMinutes(1), Duration.ofDays(400));

  private static final HotRun.Scene<Fact, Share> SUBJECTS =
      new HotRun.Scene<>(
          () -> new KpiSubjects(KpiPolicy.DEFAULT),
          HotStateTest::facts,
          fact -> fact.subject,
          Fact.class,
          List.of(),
          List.of(
              value("kpi-contact", ContactRecord.class),
              value("kpi-agent", AgentRecord.class),
              value("kpi-customer", CustomerRecord.class),
              value("kpi-case", CaseRecord.class)));

  private static final HotRun.Scene<IdentityRecord, IntakeRecord> LINKS =
      new HotRun.Scene<>(
          () -> new CustomerLinksNodes(FEW_EVENTS),
          random -> List.of(toldToCustomer(random)),
          record -> record.key,
          IdentityRecord.class,
          List.of(IdentityOutlet.WEAK, IdentityOutlet.STRONG),
          List.of(
              value("links-use", LinksState.class),
              value("links", LinkList.class),
              new ListStateDescriptor<>("links-events", TypeInformation.of(Kept.class))));

  private static final HotRun.Scene<IdentityRecord, IntakeRecord> IDENTIFIERS =
      new HotRun.Scene<>(
          () -> new IdentifierNodes(FEW_EVENTS),
          random -> List.of(toldToIdentifier(random)),
          record -> record.key,
          IdentityRecord.class,
          List.of(IdentityOutlet.STRONG),
          List.of(
              value("identifier", NodeState.class),
              new ListStateDescriptor<>("identifier-events", TypeInformation.of(Kept.class))));

  static LongStream seeds() {
    return LongStream.range(SEED, SEED + STREAMS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void subjectsOfCounting(long seed) throws Exception {
    holdAgainstWritingThrough(SUBJECTS, seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void linksOfCustomers(long seed) throws Exception {
    holdAgainstWritingThrough(LINKS, seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void identifiers(long seed) throws Exception {
    holdAgainstWritingThrough(IDENTIFIERS, seed);
  }

  private static <I, O> void holdAgainstWritingThrough(HotRun.Scene<I, O> scene, long seed)
      throws Exception {
    Random random = new Random(seed);
    try (HotRun<I, O> hot = new HotRun<>(scene, random.nextInt(4) == 0 ? null : LITTLE_ROOM);
        HotRun<I, O> through = new HotRun<>(scene, NO_ROOM)) {
      List<HotRun<I, O>> both = List.of(hot, through);
      long clockMs = T0;
      long wallMs = T0;
      for (int step = 0; step < STEPS; step++) {
        int chance = random.nextInt(100);
        if (chance < 85) {
          for (I record : scene.records().apply(random)) {
            for (HotRun<I, O> run : both) {
              run.send(record);
            }
          }
        } else if (chance < 90) {
          wallMs += random.nextInt(2_000);
          for (HotRun<I, O> run : both) {
            run.harness().setProcessingTime(wallMs);
          }
        } else if (chance < 96) {
          // An hour, or time enough to forget some that nothing was heard of.
          boolean isLong = random.nextInt(8) == 0;
          clockMs += isLong ? 20 * A_DAY_MS : A_DAY_MS / 24;
          wallMs += isLong ? A_WHILE_MS : 0;
          for (HotRun<I, O> run : both) {
            run.harness().setProcessingTime(wallMs);
            run.harness().processWatermark(clockMs);
          }
        } else if (chance < 99) {
          for (HotRun<I, O> run : both) {
            run.takeCheckpoint();
          }
          assertThat(hot.harness().numEventTimeTimers())
              .isEqualTo(through.harness().numEventTimeTimers());
        } else {
          for (HotRun<I, O> run : both) {
            run.failAndResume(wallMs);
          }
        }
      }
      for (HotRun<I, O> run : both) {
        run.takeCheckpoint();
      }
      assertThat(hot.state()).as("seed %d", seed).isNotEmpty().isEqualTo(through.state());
      assertThat(hot.stateOfTwo()).as("rescaled, seed %d", seed).isEqualTo(through.state());
      for (HotRun<I, O> run : both) {
        run.harness().setProcessingTime(wallMs + A_WHILE_MS);
        run.harness().processWatermark(clockMs + TWO_YEARS_MS);
        run.takeCheckpoint();
        assertThat(run.state()).isEmpty();
        assertThat(run.harness().numEventTimeTimers()).as("every timer had its twin").isZero();
      }
      assertThat(hot.told()).as("seed %d", seed).isEqualTo(through.told());
    }
  }

  @Test
  void whatHasChangedIsWrittenAfterSomeSecondsAndBeforeACheckpoint() throws Exception {
    try (HotRun<IdentityRecord, IntakeRecord> run = new HotRun<>(IDENTIFIERS, null)) {
      run.send(event("default/~a", 1, T0));
      run.harness().setProcessingTime(T0 + 2_000);
      run.send(event("default/~a", 2, T0));
      run.send(event("default/~b", 3, T0));
      assertThat(run.state()).isEmpty();

      run.harness().setProcessingTime(T0 + 3_100);
      assertThat(run.state())
          .containsOnlyKeys("identifier default/~a", "identifier-events default/~a");

      run.harness().prepareSnapshotPreBarrier(1);
      assertThat(run.state()).hasSize(4);
    }
  }

  @Test
  void whatIsForgottenIsNotWrittenAgain() throws Exception {
    try (HotRun<IdentityRecord, IntakeRecord> run = new HotRun<>(LINKS, null)) {
      IdentityRecord own = event("default/C-1", 1, T0);
      own.kind = IdentityRecord.OWN;
      own.mentions = List.of(mention(1));
      run.send(own);
      run.harness().prepareSnapshotPreBarrier(1);
      assertThat(run.state()).hasSize(3);
      run.send(own);

      run.harness().processWatermark(T0 + TWO_YEARS_MS);

      assertThat(run.state()).isEmpty();
      run.harness().prepareSnapshotPreBarrier(2);
      assertThat(run.state()).isEmpty();
    }
  }

  @Test
  void theEndOfTheStreamWritesWhatWaits() throws Exception {
    try (HotRun<IdentityRecord, IntakeRecord> run = new HotRun<>(IDENTIFIERS, null)) {
      run.send(event("default/~a", 1, T0));

      run.harness().getOperator().finish();

      assertThat(run.state()).hasSize(2);
    }
  }

  private static <T> ValueStateDescriptor<T> value(String name, Class<T> type) {
    return new ValueStateDescriptor<>(name, TypeInformation.of(type));
  }

  private static List<Fact> facts(Random random) {
    Events customer =
        Events.of("C-" + random.nextInt(8)).after(Duration.ofSeconds(random.nextInt(200_000)));
    String contact = "k-" + random.nextInt(24);
    String id = "e-" + random.nextInt(1_000);
    Event event =
        switch (random.nextInt(10)) {
          case 0 -> customer.call(contact);
          case 1 -> customer.contact(EventTypes.CONTACT_QUEUED, contact);
          case 2 -> customer.contact(EventTypes.CONTACT_CONNECTED, contact);
          case 3 -> customer.contact(EventTypes.CONTACT_ENDED, contact);
          case 4 -> customer.contact(EventTypes.CONTACT_ABANDONED, contact);
          case 5 -> customer.cartItemAdded(id, "shoes", 5);
          case 6 -> customer.orderPlaced(id, 5);
          case 7 ->
              customer.event(
                  id,
                  EventTypes.AGENT_STATE_CHANGED,
                  Events.data()
                      .put("agentId", "a-" + random.nextInt(3))
                      .put("state", random.nextBoolean() ? "available" : "offline"));
          case 8 ->
              customer.event(
                  id,
                  random.nextBoolean() ? "case.opened" : "case.resolved",
                  Events.data().put("caseId", "x-" + random.nextInt(4)));
          default ->
              random.nextInt(4) == 0
                  ? customer.event(id, EventTypes.CUSTOMER_ERASED, Events.data())
                  : customer.call(contact);
        };
    return INTAKE.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "t/0/0").facts;
  }

  private static IdentityRecord toldToCustomer(Random random) {
    String key = "default/C-" + random.nextInt(12);
    long timeMs = T0 + random.nextInt(200_000_000);
    IdentityRecord record = event(key, random.nextInt(200), timeMs);
    int chance = random.nextInt(20);
    if (chance == 0) {
      record.kind = IdentityRecord.ERASE;
    } else if (chance < 3) {
      record = new IdentityRecord(IdentityRecord.MERGED, key, timeMs);
      record.merged = random.nextInt(3) == 0 ? null : "default/M-" + random.nextInt(3);
    } else {
      record.kind = IdentityRecord.OWN;
      record.mentions = random.nextBoolean() ? null : List.of(mention(random.nextInt(6)));
    }
    return record;
  }

  private static IdentityRecord toldToIdentifier(Random random) {
    String key = "default/~n" + random.nextInt(12);
    long timeMs = T0 + random.nextInt(200_000_000);
    String customer = "default/C-" + random.nextInt(4);
    IdentityRecord record;
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> record = new IdentityRecord(IdentityRecord.CLAIM, key, timeMs);
      case 3 -> record = new IdentityRecord(IdentityRecord.SPLIT, key, timeMs);
      case 4 -> {
        record = new IdentityRecord(IdentityRecord.MERGED, key, timeMs);
        record.merged = random.nextBoolean() ? null : "default/M-1";
      }
      case 5 -> record = new IdentityRecord(IdentityRecord.ERASE, key, timeMs);
      case 6 -> {
        record = new IdentityRecord(IdentityRecord.TAKE_BACK, key, timeMs);
        record.hashes = random.longs(20, 0, 200).toArray();
      }
      case 7 -> record = new IdentityRecord(IdentityRecord.POINTED, key, timeMs);
      case 8 -> {
        record = event(key, random.nextInt(200), timeMs);
        record.kind = IdentityRecord.STRAY;
      }
      default -> record = event(key, random.nextInt(200), timeMs);
    }
    record.target = customer;
    record.mention = mention(1);
    return record;
  }

  private static IdentityRecord event(String key, long hash, long timeMs) {
    IdentityRecord record = new IdentityRecord(IdentityRecord.EVENT, key, timeMs);
    record.event = new Kept(hash, timeMs, timeMs, new byte[(int) (hash % 100)]);
    return record;
  }

  private static Mention mention(int number) {
    return new Mention("default/~m" + number, number % 2 == 0, "phone", "+98211234567" + number);
  }
}
