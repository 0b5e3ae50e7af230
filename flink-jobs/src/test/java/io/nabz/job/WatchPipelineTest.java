package io.nabz.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import io.nabz.testkit.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Feeds and queues in the whole graph on a MiniCluster with RocksDB, behind a bounded source. */
class WatchPipelineTest {
  private static final int HOURS = 6;

  @RegisterExtension static final MiniClusterExtension CLUSTER = BoundedPipeline.cluster();

  @Test
  void aFeedThatStopsAndAQueueThatManyLeaveAreEachOneAlert() throws Exception {
    List<Event> events = new ArrayList<>();
    for (int minute = 0; minute < HOURS * 60; minute++) {
      // Two calls a minute; of each quarter's thirty three hang up, of that of hour four sixteen.
      boolean bad = minute >= 240 && minute < 255;
      call(events, minute, 0, bad || minute % 5 == 0);
      call(events, minute, 1, bad && minute == 240);
      if (minute < 300) {
        events.add(heartbeat("/shop", minute));
      }
      if (minute < 20) {
        events.add(heartbeat("/trial", minute));
      }
    }
    events.sort(Comparator.comparing(Event::time));

    List<Outbound> told = run(events, 2);

    List<String> titles = new ArrayList<>();
    for (Outbound out : told) {
      Alert alert = Json.read(out.value, Alert.class);
      assertThat(alert.state()).isEqualTo(AlertState.OPEN);
      assertThat(new String(out.key, UTF_8)).startsWith("default/~" + alert.ruleId() + "/");
      titles.add(alert.title().en());
    }
    assertThat(titles)
        .containsExactlyInAnyOrder(
            "Nothing from /shop for 15 minutes",
            "Queue billing: 53 % of 30 contacts gave up, usual is 10 %");
    List<Event> twice = new ArrayList<>(events);
    twice.addAll(events);
    twice.sort(Comparator.comparing(Event::time));
    assertThat(ids(run(twice, 1))).as("a replay, each event twice, alone").isEqualTo(ids(told));
  }

  private static Set<String> ids(List<Outbound> told) throws IOException {
    Set<String> ids = new TreeSet<>();
    for (Outbound out : told) {
      ids.add(Json.read(out.value, Alert.class).alertId());
    }
    return ids;
  }

  private static void call(List<Event> events, int minute, int second, boolean givesUp) {
    String id = "k-" + minute + "-" + second;
    Events at = Events.of("C-" + id).after(Duration.ofSeconds(60L * minute + second));
    events.add(event(at, EventTypes.CONTACT_QUEUED, id));
    events.add(
        event(
            Events.of("C-" + id).after(Duration.ofSeconds(60L * minute + second + 30)),
            givesUp ? EventTypes.CONTACT_ABANDONED : EventTypes.CONTACT_CONNECTED,
            id));
  }

  private static Event event(Events at, String type, String id) {
    return at.event(
        id + type,
        type,
        Events.data().put("contactId", id).put("channel", "voice").put("queue", "billing"));
  }

  private static Event heartbeat(String source, int minute) {
    return new Event(
        CustomerKey.DEFAULT_TENANT,
        source,
        "h-" + minute,
        EventTypes.SOURCE_HEARTBEAT,
        Events.START.plus(Duration.ofMinutes(minute)),
        null,
        Events.data());
  }

  /**
   * As {@link CustomerPipeline#watermarks}, but with each event rather than each time that a wall
   * clock ticks: a fast machine is through the stream before the first tick, and its end is no
   * silence.
   */
  private static WatermarkStrategy<IntakeRecord> everyEvent() {
    return WatermarkStrategy.<IntakeRecord>forGenerator(
            context -> new EveryEvent<>(BoundedPipeline.OPTIONS.clockSlack()))
        .withTimestampAssigner((record, ignored) -> record.clockMs());
  }

  private static final class EveryEvent<T> extends BoundedOutOfOrdernessWatermarks<T> {
    EveryEvent(Duration slack) {
      super(slack);
    }

    @Override
    public void onEvent(T event, long atMs, WatermarkOutput output) {
      super.onEvent(event, atMs, output);
      onPeriodicEmit(output);
    }
  }

  private List<Outbound> run(List<Event> events, int parallelism) throws Exception {
    EventIntake intake = new EventIntake("IR");
    List<IntakeRecord> records = new ArrayList<>();
    for (Event event : events) {
      records.add(
          intake.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "events/0/0"));
    }
    BoundedPipeline pipeline =
        new BoundedPipeline(records, BoundedPipeline.OPTIONS, everyEvent(), parallelism);
    CloseableIterator<Outbound> watches = pipeline.outputs().watches().collectAsync();
    pipeline.start();
    List<Outbound> told = new ArrayList<>();
    watches.forEachRemaining(told::add);
    return told;
  }
}
