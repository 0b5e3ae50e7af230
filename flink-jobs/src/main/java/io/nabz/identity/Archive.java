package io.nabz.identity;

import java.util.List;

/** The kept events of one node, beside its state since most records need no look at them. */
public interface Archive {
  void add(Kept event) throws Exception;

  /** In no order; one that came twice may be in it twice. */
  List<Kept> read() throws Exception;

  /** An empty list clears it. */
  void replace(List<Kept> events) throws Exception;
}
