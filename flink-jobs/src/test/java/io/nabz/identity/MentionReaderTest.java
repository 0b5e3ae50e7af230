package io.nabz.identity;

import static io.nabz.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.CustomerKey;
import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MentionReaderTest {
  private static final IdentifierNormaliser NORMALISER = new IdentifierNormaliser("IR");

  private final MentionReader reader = new MentionReader(NORMALISER);

  @Test
  void anEventThatNamesItsCustomerAndNothingElseSaysNothing() throws Exception {
    assertThat(read("page.viewed", "C-1", "{}")).isNull();
    assertThat(read("page.viewed", "C-1", "{\"identifiers\": {\"phone\": \" \"}}")).isNull();
  }

  @Test
  void everyWayOfWritingAnIdentifierIsTheSameNode() throws Exception {
    Mentions one = read("page.viewed", "C-1", "{\"identifiers\": {\"phone\": \"021-12345678\"}}");
    Mentions two = read("page.viewed", null, "{\"identifiers\": {\"phone\": \"+۹۸۲۱۱۲۳۴۵۶۷۸\"}}");

    assertThat(one.named).isTrue();
    assertThat(two.named).isFalse();
    assertThat(one.identifiers.get(0).node)
        .isEqualTo(two.identifiers.get(0).node)
        .startsWith("default/~");
  }

  @Test
  void theStrongestComesFirst() throws Exception {
    Mentions mentions =
        read(
            "page.viewed",
            null,
            "{\"identifiers\": {\"sessionId\": \"s\", \"email\": \"a@b.c\", \"deviceId\": \"d\","
                + " \"phone\": \"02112345678\", \"loyaltyId\": \"L\", \"unknown\": \"x\"}}");

    assertThat(mentions.identifiers)
        .extracting(mention -> mention.type)
        .containsExactly("loyaltyId", "phone", "email", "deviceId", "sessionId");
    assertThat(mentions.identifiers)
        .extracting(mention -> mention.weak)
        .containsExactly(false, false, false, true, true);
  }

  @Test
  void aSplitNamesItsIdentifierInOneOfThreeWaysAndClaimsNone() throws Exception {
    List<String> ways =
        List.of(
            "{\"identifier\": {\"phone\": \"02112345678\"}}",
            "{\"identifier\": \"phone\", \"identifiers\": {\"phone\": \"02112345678\"}}",
            "{\"identifiers\": {\"phone\": \"02112345678\"}}");

    for (String way : ways) {
      Mentions mentions = read("identity.split", "C-1", way);
      assertThat(mentions.split).as(way).extracting(m -> m.value).containsExactly("+982112345678");
      assertThat(mentions.identifiers).as(way).isEmpty();
      assertThat(mentions.from).as(way).isNull();
    }
  }

  @Test
  void aMergeIsUndoneByItsCustomer() throws Exception {
    Mentions merge = read("identity.merged", "C-1", "{\"from\": \"C-2\"}");
    assertThat(merge.from).isEqualTo("default/C-2");
    assertThat(merge.into).as("the subject, if nobody is named").isEqualTo("default/C-1");

    for (String way :
        List.of(
            "{\"from\": \"C-2\", \"into\": \"C-1\"}",
            "{\"identifier\": {\"customerId\": \"C-2\"}}")) {
      Mentions split = read("identity.split", "C-1", way);
      assertThat(split.from).as(way).isEqualTo("default/C-2");
      assertThat(split.into).as(way).isNull();
      assertThat(split.split).as(way).isEmpty();
    }
  }

  private Mentions read(String type, String subject, String data) throws IOException {
    ObjectNode tree = (ObjectNode) Json.tree(data.getBytes(StandardCharsets.UTF_8));
    Event event = new Event("default", "/t", "e", type, START, subject, tree);
    CustomerKey key = new CustomerResolver(NORMALISER).resolve(event);
    return reader.read(event, key);
  }
}
