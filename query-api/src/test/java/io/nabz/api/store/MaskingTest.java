package io.nabz.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call me on +98 912 345-6789 please | call me on ••• please",
        "شماره من ۰۹۱۲۳۴۵۶۷۸۹ است | شماره من ••• است",
        "card 6037 9911 1234 5678 was charged | card ••• was charged",
        "write to ali.rezaei@example.co.ir now | write to ••• now",
        "IR06 0960 0000 0010 0324 2000 01 is my sheba | ••• is my sheba",
        "see https://shop.example.com/o/77?me=ali | see •••",
        "I am @ali_r on that other site | I am ••• on that other site",
        "order 1234 came in 3 days, 2 of 5 stars | order 1234 came in 3 days, 2 of 5 stars"
      })
  void whatPointsToSomebodyIsTakenOut(String text, String masked) {
    assertThat(Masking.mask(text)).isEqualTo(masked);
  }

  @Test
  void whatIsKnownOfTheCustomerIsTakenOutInWholeWords() throws Exception {
    Snapshot ali =
        Json.read(
            Json.bytes(
                Json.tree(
                    """
                    {"customerId": "C-1", "version": 1, "asOf": "2026-11-22T10:00:00Z",
                     "identity": {"identifiers": {"loyaltyId": ["L77"]},
                       "attributes": {"name": "Ali Rezaei", "city": "Tehran"}}}
                    """
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))),
            Snapshot.class);

    assertThat(Masking.of(ali).text("I am ali, card L77; Alibaba of Tehran, A. REZAEI"))
        .isEqualTo("I am •••, card •••; Alibaba of Tehran, A. •••");
    assertThat(Masking.of(null).text("nothing is known")).isEqualTo("nothing is known");
  }

  @Test
  void hostileTextTakesNoTime() {
    String text = "a.".repeat(80) + "1-".repeat(60);
    Instant start = Instant.now();
    for (int i = 0; i < 2_000; i++) {
      Masking.mask(text);
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }
}
