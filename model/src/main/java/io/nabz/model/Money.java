package io.nabz.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;

/**
 * An amount with its currency.
 *
 * @param amount decimal, written as a string so that no reader rounds it
 * @param currency ISO 4217 code, e.g. {@code IRR}
 */
public record Money(
    @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {
  public Money {
    requireNonNull(amount, "amount is null");
    requireNonNull(currency, "currency is null");
  }
}
