package io.nabz.customer;

import static io.nabz.testkit.Events.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.Snapshot;
import io.nabz.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleViewTest {
  private static final long SEED = Long.getLong("nabz.seed", 1);
  private static final int LIVES = 200;
  private static final Events CUSTOMER = Events.of("C-1");

  /** {@link Life#snapshot} compares them. */
  @Test
  void rulesSeeOfRandomLivesWhatIsInTheSnapshot() {
    System.out.println("nabz.seed=" + SEED);
    List<String> types = new ArrayList<>(Catalogue.TYPES);
    types.addAll(List.of("cart.item_added", "cart.item_removed", "checkout.started"));
    for (int i = 0; i < LIVES; i++) {
      Random random = new Random(SEED + i);
      Life life = new Life();
      Duration now = Duration.ZERO;
      for (int event = random.nextInt(40); event >= 0; event--) {
        now = now.plusSeconds(random.nextInt(100_000));
        String type = types.get(random.nextInt(types.size()));
        life.with(CUSTOMER.after(now).event("e-" + event, type, told(random)));
      }
      Snapshot snapshot = life.snapshot();
      assertThat(snapshot.identity()).as("seed %d", SEED + i).isNotNull();
    }
  }

  private static ObjectNode told(Random random) {
    ObjectNode data = data();
    for (String field :
        new String[] {
          "contactId",
          "caseId",
          "orderId",
          "task",
          "metric",
          "campaignId",
          "offerId",
          "alertId",
          "purpose",
          "kind",
          "customer",
          "tier",
          "topic",
          "queue",
          "agentId",
          "priority",
          "sku",
          "name",
          "cartId"
        }) {
      if (random.nextBoolean()) {
        data.put(field, field + random.nextInt(3));
      }
    }
    data.put("channel", random.nextBoolean() ? "voice" : "chat").put("text", "خیلی بد، awful");
    data.put("score", random.nextInt(11)).put("sentiment", random.nextInt(20) / 10.0 - 1);
    data.put("total", random.nextInt(1_000) * 1_000).put("price", random.nextInt(99) / 4.0);
    data.put("currency", random.nextInt(4) == 0 ? "USD" : "IRR").put("quantity", 10);
    data.put("value", "1e3")
        .put("points", random.nextInt(500))
        .put("granted", random.nextBoolean());
    data.put("promisedAt", Events.START.plusSeconds(random.nextInt(1_000_000)).toString());
    data.putObject("identifiers").put("deviceId", "d-" + random.nextInt(3));
    data.putObject("attributes").put("name", "n-" + random.nextInt(3)).put("language", "fa");
    return data;
  }
}
