package io.nabz.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.launcher.replay.Translations.Outcome;
import io.nabz.model.Event;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShopAdaptersTest {
  @Test
  void taobao_behaviours_become_views_carts_favourites_and_orders() {
    Outcome outcome =
        Translations.replay(
            "taobao",
            """
            7,101,5,pv,1500000000
            7,101,5,cart,1500000001
            7,102,5,fav,1500000002
            7,101,5,buy,1500000003
            """);
    assertThat(outcome.events())
        .extracting(Event::type)
        .containsExactly("page.viewed", "cart.item_added", "item.favourited", "order.placed");
    assertThat(outcome.events()).extracting(Event::subject).containsOnly("7");
    assertThat(outcome.events().get(1).text("sku")).isEqualTo("101");
    assertThat(outcome.events().get(0).time()).isEqualTo(Instant.ofEpochSecond(1_500_000_000));
  }

  @Test
  void a_row_with_a_cut_off_time_is_refused_with_reason_and_line() {
    Outcome outcome = Translations.replay("taobao", "7,101,5,pv,1500000000\n7,101,5,pv,15");
    assertThat(outcome.events()).hasSize(1);
    assertThat(outcome.summary().refused())
        .hasSize(1)
        .allSatisfy(
            (reason, count) -> {
              assertThat(reason).contains("cut off");
              assertThat(count.firstLines()).containsExactly(2L);
            });
  }

  @Test
  void rows_that_are_seconds_late_are_put_in_their_place() {
    Outcome outcome = Translations.replay("taobao", "1,1,1,pv,1500000010\n2,1,1,pv,1500000000\n");
    assertThat(outcome.events()).extracting(Event::subject).containsExactly("2", "1");
  }

  @Test
  void otto_orders_of_one_moment_are_one_order_with_all_items() {
    Outcome outcome =
        Translations.replay(
            "otto",
            """
            {"session": 3, "events": [{"aid": 1, "ts": 1600000000000, "type": "clicks"}, \
            {"aid": 1, "ts": 1600000001000, "type": "carts"}, \
            {"aid": 1, "ts": 1600000002000, "type": "orders"}, \
            {"aid": 2, "ts": 1600000002000, "type": "orders"}]}
            """);
    assertThat(outcome.events())
        .extracting(Event::type)
        .containsExactly("page.viewed", "cart.item_added", "order.placed");
    assertThat(outcome.events().get(2).data().get("items")).hasSize(2);
    assertThat(outcome.events().get(0).data().at("/identifiers/anonymousId").asText())
        .isEqualTo("otto-3");
    assertThat(outcome.events()).extracting(Event::id).doesNotHaveDuplicates();
  }

  @Test
  void cloud_events_pass_unchanged_in_their_order_and_others_are_refused() {
    String second =
        "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"/s\",\"type\":\"page.viewed\","
            + "\"time\":\"2026-11-22T09:00:00Z\",\"subject\":\"C-1\",\"data\":{\"x\":1}}";
    String first = second.replace("\"2\"", "\"1\"").replace("09:00", "08:00");
    String noCustomer = second.replace("\"subject\":\"C-1\",", "");
    Outcome outcome =
        Translations.replay(
            "cloudevents", second + "\n" + first + "\n\nnot json\n" + noCustomer + "\n");
    assertThat(outcome.events()).extracting(Event::id).containsExactly("2", "1");
    assertThat(
            new String(outcome.events().get(0).toBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(second);
    assertThat(outcome.summary().refused().values())
        .flatExtracting(Summary.Reason::firstLines)
        .containsExactlyInAnyOrder(4L, 5L);
    assertThat(outcome.summary().outOfOrder()).isEqualTo(1);
  }
}
