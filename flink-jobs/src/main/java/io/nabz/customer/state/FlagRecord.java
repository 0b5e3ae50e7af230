package io.nabz.customer.state;

import java.util.ArrayList;
import java.util.List;

/** A condition that holds now. */
public class FlagRecord {
  /** {@code FlagCode} by name. */
  public String code;

  public long sinceMs;

  /** When it ends by itself, or {@link CustomerState#NEVER}. */
  public long untilMs = CustomerState.NEVER;

  /** Of the alert that told of it. */
  public String alertId;

  public List<EvidenceRecord> evidence = new ArrayList<>();
}
