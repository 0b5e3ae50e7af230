package io.nabz.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CustomerResolverTest {
  private final CustomerResolver resolver = new CustomerResolver(new IdentifierNormaliser("IR"));

  @Test
  void theSubjectIsTheCustomer() {
    assertThat(resolver.resolve(event("C-۱۰", "phone", "0912"))).hasToString("default/C-10");
  }

  @Test
  void aCustomerIdAmongTheIdentifiersIsTheCustomerToo() {
    assertThat(resolver.resolve(event(null, "customerId", "C-7"))).hasToString("default/C-7");
  }

  @Test
  void theStrongestIdentifierDecides() {
    Event both = event(null, "deviceId", "d-1");
    ((ObjectNode) both.data().get("identifiers")).put("phone", "09121234567");

    assertThat(resolver.resolve(both))
        .isEqualTo(resolver.resolve(event(null, "phone", "+98 912 123 4567")))
        .isNotEqualTo(resolver.resolve(event(null, "deviceId", "d-1")));
  }

  @Test
  void withoutAnyThereIsNoCustomer() {
    assertThat(resolver.resolve(event(null, "phone", "?"))).isNull();
    assertThat(resolver.resolve(event(null, "shoeSize", "43"))).isNull();
  }

  private static Event event(String subject, String identifier, String value) {
    ObjectNode data = Json.mapper().createObjectNode();
    data.putObject("identifiers").put(identifier, value);
    return new Event("default", "/test", "e", "page.viewed", Instant.EPOCH, subject, data);
  }
}
