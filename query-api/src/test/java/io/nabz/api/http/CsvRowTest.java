package io.nabz.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvRowTest {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void everyColumnHasItsValueAndTextIsQuotedWhereItMustBe() {
    assertThat(CsvRow.header(true))
        .isEqualTo(
            "customerId,flags,sentiment,tier,stage,orders,spend,currency,lastContactAt,"
                + "marketingConsent,name,phone,email\r\n");
    assertThat(CsvRow.of(hit("C-1", "Ali \"A\", R"), true))
        .isEqualTo(
            "C-1,VIP;CHURN_RISK,negative,gold,use,4,12.50,IRR,2026-11-22T10:00:00Z,sms;email,"
                + "\"Ali \"\"A\"\", R\",+989121234567,\r\n");
  }

  @Test
  void whatASpreadsheetWouldRunIsText() {
    for (String formula : List.of("=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1")) {
      assertThat(CsvRow.of(hit(formula, null), false)).startsWith("'" + formula);
    }
    assertThat(CsvRow.of(hit("C-1", null), true)).contains(",+989121234567,");
  }

  private static Hit hit(String id, String name) {
    return new Hit(
        id,
        name,
        Map.of("phone", List.of("+989121234567")),
        List.of("VIP", "CHURN_RISK"),
        "negative",
        "gold",
        "use",
        new Money(new BigDecimal("12.50"), "IRR"),
        4,
        TEN,
        List.of("sms", "email"));
  }
}
