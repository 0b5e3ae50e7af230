package io.nabz.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.launcher.replay.Translations.Outcome;
import io.nabz.model.Event;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rows are invented; only their columns are those of the recording. */
class AnonbankAdapterTest {
  private static final String HEADER =
      "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\t"
          + "q_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver\n";
  private static final String NOT = "0:00:00 0:00:00 0 ";

  private static Outcome calls(String... rows) {
    StringBuilder text = new StringBuilder(HEADER);
    for (String row : rows) {
      text.append(row.trim().replaceAll(" +", "\t")).append('\n');
    }
    return Translations.replay("anonbank", text.toString());
  }

  private static Event only(Outcome outcome, String type) {
    assertThat(outcome.ofType(type)).hasSize(1);
    return outcome.ofType(type).get(0);
  }

  @Test
  void an_answered_call_is_initiated_queued_connected_and_ended() {
    Outcome outcome =
        calls(
            "L1 7 4711 2 PS 990203 9:00:00 9:00:10 10 9:00:10 9:01:00 50 AGENT 9:00:59 9:03:00 121"
                + " NOA");
    assertThat(outcome.events())
        .extracting(Event::type)
        .containsExactly(
            "contact.initiated", "contact.queued", "contact.connected", "contact.ended");
    assertThat(outcome.events()).extracting(Event::subject).containsOnly("4711");
    // Jerusalem is two hours ahead in winter, and 99 is 1999.
    assertThat(only(outcome, "contact.initiated").time())
        .isEqualTo(Instant.parse("1999-02-03T07:00:00Z"));
    Event connected = only(outcome, "contact.connected");
    assertThat(connected.time()).isEqualTo(Instant.parse("1999-02-03T07:00:59Z"));
    assertThat(connected.text("agentId")).isEqualTo("NOA");
    assertThat(connected.data().get("waitSeconds").isIntegralNumber()).isTrue();
    assertThat(connected.text("waitSeconds")).isEqualTo("50");
    assertThat(connected.text("queue")).isEqualTo("regular");
    assertThat(connected.text("priority")).isEqualTo("2");
    assertThat(only(outcome, "contact.ended").time())
        .isEqualTo(Instant.parse("1999-02-03T07:03:00Z"));
  }

  @Test
  void a_caller_who_hangs_up_did_so_in_the_ivr_or_in_the_queue() {
    Outcome outcome =
        calls(
            "L1 1 0 0 NW 990203 9:00:00 9:00:25 25 " + NOT + "HANG " + NOT + "NO_SERVER",
            "L1 2 0 0 NW 990203 9:05:00 9:05:05 5 9:05:05 9:06:00 55 HANG " + NOT + "NO_SERVER");
    assertThat(outcome.ofType("contact.abandoned"))
        .extracting(event -> event.text("stage") + " " + event.time())
        .containsExactly("ivr 1999-02-03T07:00:25Z", "queue 1999-02-03T07:06:00Z");
    assertThat(outcome.ofType("contact.queued")).hasSize(1);
  }

  @Test
  void callers_who_are_not_identified_share_nothing() {
    Outcome outcome =
        calls(
            "L1 1 0 0 NW 990203 9:00:00 9:00:25 25 " + NOT + "HANG " + NOT + "NO_SERVER",
            "L1 1 0 0 NW 990204 9:00:00 9:00:25 25 " + NOT + "HANG " + NOT + "NO_SERVER",
            "L1 1 0 0 NW 990204 9:30:00 9:30:25 25 " + NOT + "HANG " + NOT + "NO_SERVER");
    assertThat(outcome.events()).extracting(Event::subject).containsOnlyNulls();
    assertThat(outcome.ofType("contact.initiated"))
        .extracting(event -> Translations.RESOLVER.resolve(event).toString())
        .doesNotHaveDuplicates();
    assertThat(outcome.events()).extracting(Event::id).doesNotHaveDuplicates();
  }

  @Test
  void what_goes_on_past_midnight_is_on_the_next_day() {
    Outcome outcome =
        calls(
            "L1 1 9 0 PS 990203 23:59:50 23:59:55 5 23:59:55 0:00:00 5 AGENT 0:00:00 0:01:00 60"
                + " NOA");
    assertThat(only(outcome, "contact.connected").time())
        .isEqualTo(Instant.parse("1999-02-03T22:00:00Z"));
    assertThat(only(outcome, "contact.ended").time())
        .isEqualTo(Instant.parse("1999-02-03T22:01:00Z"));
  }

  @Test
  void a_clock_may_run_past_24_hours() {
    Outcome outcome =
        calls("L1 1 9 0 PS 990203 24:00:10 24:00:15 5 " + NOT + "AGENT 24:00:16 24:01:00 44 NOA");
    assertThat(only(outcome, "contact.initiated").time())
        .isEqualTo(Instant.parse("1999-02-03T22:00:10Z"));
    assertThat(only(outcome, "contact.ended").time())
        .isEqualTo(Instant.parse("1999-02-03T22:01:00Z"));
  }

  @Test
  void a_clock_that_is_a_minute_slow_does_not_put_the_call_on_another_day() {
    Outcome outcome =
        calls(
            "L1 1 9 0 PS 990203 9:00:57 9:00:00 -57 9:00:00 9:02:00 120 AGENT 9:02:00 9:03:00 60"
                + " NOA");
    // Never before the call came in.
    assertThat(only(outcome, "contact.queued").time())
        .isEqualTo(Instant.parse("1999-02-03T07:00:57Z"));
    assertThat(only(outcome, "contact.ended").time())
        .isEqualTo(Instant.parse("1999-02-03T07:03:00Z"));
  }

  @Test
  void an_answered_call_without_service_times_is_connected_when_it_leaves_the_queue() {
    Outcome outcome =
        calls("L1 1 9 0 PS 990203 9:00:00 9:00:05 5 9:00:05 9:00:45 40 AGENT " + NOT + "NO_SERVER");
    Event connected = only(outcome, "contact.connected");
    assertThat(connected.time()).isEqualTo(Instant.parse("1999-02-03T07:00:45Z"));
    assertThat(connected.text("agentId")).isNull();
    assertThat(only(outcome, "contact.ended").time()).isEqualTo(connected.time());
  }

  @Test
  void phantom_rows_are_left_out_and_odd_ones_refused_with_their_line() {
    Outcome outcome =
        calls(
            "L1 1 9 0 PS 990203 9:00:00 9:00:05 5 " + NOT + "PHANTOM " + NOT + "NO_SERVER",
            "L1 2 9 0 PS 990203 9:00:00 9:00:05 5 " + NOT + "ELSE " + NOT + "NO_SERVER",
            "L1 3 9 0 PS 990203 9:70:00 9:00:05 5 " + NOT + "HANG " + NOT + "NO_SERVER",
            "L1 4 9 0 PS");
    assertThat(outcome.events()).isEmpty();
    assertThat(outcome.summary().leftOut().get("a phantom call of the switch").firstLines())
        .containsExactly(2L);
    assertThat(outcome.summary().refused().keySet())
        .containsExactlyInAnyOrder(
            "outcome is not AGENT, HANG or PHANTOM",
            "column vru_entry is not a time of day like 9:05:07",
            "5 columns instead of 17; the row is cut off or of another file");
    assertThat(
            outcome.summary().refused().get("outcome is not AGENT, HANG or PHANTOM").firstLines())
        .containsExactly(3L);
  }

  @Test
  void a_file_with_other_columns_is_said_to_be_no_anonbank_file() {
    assertThatThrownBy(() -> Translations.replay("anonbank", "a\tb\n1\t2\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no anonbank file")
        .hasMessageContaining("vru_entry");
  }

  @Test
  void calls_of_different_lines_come_out_in_time_order() {
    Outcome outcome =
        calls(
            "L1 1 9 0 PS 990204 9:00:00 9:00:05 5 " + NOT + "HANG " + NOT + "NO_SERVER",
            "L2 1 8 0 PS 990203 9:00:00 9:00:05 5 " + NOT + "AGENT 9:00:06 9:09:00 534 NOA",
            "L3 1 7 0 PS 990203 9:01:00 9:01:05 5 " + NOT + "HANG " + NOT + "NO_SERVER");
    assertThat(outcome.events())
        .extracting(Event::time)
        .isSorted()
        .hasSize(7); // 2 of the first, 3 of the second, 2 of the third
    assertThat(outcome.summary().outOfOrder()).isZero();
  }
}
