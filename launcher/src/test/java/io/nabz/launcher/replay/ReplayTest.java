package io.nabz.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.launcher.replay.Translations.JumpingPacer;
import io.nabz.launcher.replay.Translations.Kept;
import io.nabz.launcher.replay.Translations.Outcome;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final String TWO_HOURS =
      "1,1,1,pv,1500000000\n1,1,1,pv,1500003600\n1,1,1,pv,1500007200\n";

  private static Event event(int number, Instant time) {
    return new Event(
        "default",
        "/s",
        "e-" + number,
        "page.viewed",
        time,
        "C-1",
        Json.mapper().createObjectNode());
  }

  @Test
  void as_live_makes_the_recording_end_now_when_it_is_sent_at_once() {
    Outcome outcome =
        Translations.replay("taobao", TWO_HOURS, new Replay.Options(0, true, Long.MAX_VALUE));
    assertThat(outcome.events())
        .extracting(Event::time)
        .containsExactly(
            Translations.NOW.minusSeconds(7200),
            Translations.NOW.minusSeconds(3600),
            Translations.NOW);
    assertThat(outcome.events())
        .extracting(Event::source)
        .containsOnly("/recordings/taobao/live-" + Translations.NOW.toEpochMilli());
  }

  @Test
  void as_live_at_real_time_starts_now() {
    Outcome outcome =
        Translations.replay("taobao", TWO_HOURS, new Replay.Options(1, true, Long.MAX_VALUE));
    assertThat(outcome.events().get(0).time()).isEqualTo(Translations.NOW);
    assertThat(outcome.events().get(2).time()).isEqualTo(Translations.NOW.plusSeconds(7200));
  }

  @Test
  void as_live_counts_from_the_last_event_within_the_limit() {
    Outcome outcome = Translations.replay("taobao", TWO_HOURS, new Replay.Options(0, true, 2));
    assertThat(outcome.events())
        .extracting(Event::time)
        .containsExactly(Translations.NOW.minusSeconds(3600), Translations.NOW);
  }

  @Test
  void speed_waits_by_the_recordings_own_clock() {
    JumpingPacer pacer = new JumpingPacer();
    Outlet outlet = new Outlet(new Kept(), pacer, new Summary(), 60, Long.MAX_VALUE);
    outlet.accept(event(1, Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(pacer.now).isEqualTo(Translations.NOW);
    outlet.accept(event(2, Instant.parse("2020-01-01T01:00:00Z")));
    // An hour at 60 times real time is a minute.
    assertThat(pacer.now).isEqualTo(Translations.NOW.plusSeconds(60));
  }

  @Test
  void an_event_from_the_far_future_is_refused() {
    Summary summary = new Summary();
    Kept kept = new Kept();
    Outlet outlet = new Outlet(kept, new JumpingPacer(), summary, 0, Long.MAX_VALUE);
    outlet.accept(event(1, Translations.NOW.plus(EventDecoder.MAX_AHEAD)));
    outlet.accept(event(2, Translations.NOW.plus(EventDecoder.MAX_AHEAD).plusMillis(1)));
    assertThat(kept.events).extracting(Event::id).containsExactly("e-1");
    assertThat(summary.refused()).hasSize(1);
  }

  @Test
  void gzip_is_told_by_its_first_bytes() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write("a\r\nb".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    try (Recording recording =
        new Recording(new ByteArrayInputStream(zipped.toByteArray()), zipped.size())) {
      assertThat(recording.nextLine()).isEqualTo("a");
      assertThat(recording.nextLine()).isEqualTo("b");
      assertThat(recording.nextLine()).isNull();
      assertThat(recording.bytesRead()).isEqualTo(zipped.size());
    }
  }

  @Test
  void a_file_that_breaks_off_gives_what_was_read_before() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped, true)) {
      gzip.write(TWO_HOURS.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      gzip.flush();
    }
    byte[] damaged = java.util.Arrays.copyOf(zipped.toByteArray(), zipped.size() - 9);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Replay replay =
        new Replay(
            Adapters.declared("taobao"),
            Translations.AT_ONCE,
            new Progress(System.err, false, Translations.NOW),
            new JumpingPacer(),
            Translations.RESOLVER);
    try (Recording recording = new Recording(new ByteArrayInputStream(damaged), -1)) {
      assertThatThrownBy(() -> replay.run(recording, new PrintingSink(out)))
          .isInstanceOf(IOException.class);
    }
    assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8).lines()).hasSize(3);
    assertThat(replay.summary().sent()).isEqualTo(3);
  }

  @Test
  void the_sorter_gives_the_same_order_from_files_as_from_memory() {
    SplittableRandom random = new SplittableRandom(42);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      events.add(event(i, Instant.ofEpochSecond(1_500_000_000 + random.nextInt(300))));
    }
    List<Event> expected = new ArrayList<>(events);
    expected.sort(Comparator.comparing(Event::time)); // stable, as the sorter promises to be
    try (EventSorter sorter = new EventSorter(new EventDecoder(Translations.RESOLVER), 64)) {
      events.forEach(sorter);
      List<Event> sorted = new ArrayList<>();
      sorter.forEachWhile(sorted::add);
      assertThat(sorted).isEqualTo(expected);
      List<Event> firstThree = new ArrayList<>();
      sorter.forEachWhile(
          event -> {
            firstThree.add(event);
            return firstThree.size() < 3;
          });
      assertThat(firstThree).isEqualTo(expected.subList(0, 3));
    }
  }

  @Test
  void the_look_ahead_sorts_what_is_late_by_no_more_than_its_bound() {
    SplittableRandom random = new SplittableRandom(7);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      events.add(event(i, Instant.ofEpochSecond(1_500_000_000 + i * 2 - random.nextInt(60))));
    }
    List<Event> out = new ArrayList<>();
    LookAhead lookAhead = new LookAhead(Duration.ofSeconds(60), out::add);
    events.forEach(lookAhead);
    assertThat(out).isNotEmpty().hasSizeLessThan(1_000);
    lookAhead.drain();
    assertThat(out).hasSize(1_000).extracting(Event::time).isSorted();
  }

  @Test
  void the_progress_says_rate_and_time_left() {
    Progress progress = new Progress(System.err, false, Translations.NOW);
    assertThat(progress.text("sent", 5_000, 0.25, Translations.NOW.plusSeconds(10)))
        // A quarter took ten seconds, so three quarters take thirty.
        .isEqualTo("[######..................]  25 % sent 5,000 events, 500/s, 30.0 s left");
  }
}
