package io.nabz.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedTextTest {
  @Test
  void equalShortTextsAreOneObject() {
    String first = SharedText.of(fresh("contact.initiated, for one"));

    assertThat(first).isEqualTo("contact.initiated, for one");
    assertThat(SharedText.of(fresh("پیگیری سفارش"))).isSameAs(SharedText.of(fresh("پیگیری سفارش")));
    assertThat(SharedText.of(null)).isNull();
  }

  @Test
  void longTextsPassBy() {
    String uuid = "6f1c2a5e-41f0-4c58-9f0e-2f5a8a1b7c11";

    assertThat(SharedText.of(fresh(uuid))).isEqualTo(uuid).isNotSameAs(SharedText.of(fresh(uuid)));
  }

  @Test
  void manyMadeUpTextsDisplaceAndAreStillThemselves() {
    assertThat(IntStream.range(0, 100_000).mapToObj(i -> "made up " + i))
        .allSatisfy(text -> assertThat(SharedText.of(text)).isEqualTo(text));
  }

  private static String fresh(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
