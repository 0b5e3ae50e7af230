package io.nabz.identity;

import java.util.ArrayList;
import java.util.List;

/** The identifiers that a customer has claimed. */
public class LinkList {
  /** Those that are told when the customer is merged or erased: the newest of them. */
  public static final int MAX = 64;

  /** A link with the name of its node. */
  private static final int LINK_BYTES = 130;

  public List<Link> links = new ArrayList<>();

  /** Keeps the link; the one that was claimed longest ago makes room for it. */
  void add(Link link) {
    if (links.size() == MAX) {
      Link oldest = links.get(0);
      for (Link known : links) {
        oldest = known.claimedAtMs < oldest.claimedAtMs ? known : oldest;
      }
      links.remove(oldest);
    }
    links.add(link);
  }

  Link find(Mention mention) {
    for (Link known : links) {
      if (known.node.equals(mention.node) && known.weak == mention.weak) {
        return known;
      }
    }
    return null;
  }

  /** What it takes of the heap, roughly. */
  public int heapBytes() {
    return 60 + LINK_BYTES * links.size();
  }
}
