package io.nabz.customer.state;

import java.util.HashMap;
import java.util.Map;

/** What the customer has bought. */
public class PurchaseRecord {
  public static final int MAX_CURRENCIES = 4;

  public long orders;
  public long lastOrderAtMs = Long.MIN_VALUE;

  /** Zero before the first. */
  public long firstOrderAtMs;

  public long currencyAtMs;

  /** Currency of the newest order that had one. */
  public String currency;

  /** Decimal text by currency. */
  public Map<String, String> spend = new HashMap<>(4);
}
