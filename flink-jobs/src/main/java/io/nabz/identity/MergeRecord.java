package io.nabz.identity;

import java.util.ArrayList;
import java.util.List;

/** The newest word on one customer's merging, and who was merged into it. */
public class MergeRecord {
  /** Whom it is merged into by that word; null for nobody. */
  public String into;

  public long atMs = Long.MIN_VALUE;

  /** Customers whose {@link #into} this one is. */
  public List<String> from = new ArrayList<>();

  /** Whom it is now, over all merges; null for itself. */
  public String root;
}
