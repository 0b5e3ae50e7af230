package io.nabz.rules.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The newest event of a match and what came before: matches that branch share their past. */
record Link(Link before, int step, Seen seen) {
  /** The newest event of that step, or null. */
  Seen newestOf(int wanted) {
    for (Link link = this; link != null; link = link.before) {
      if (link.step == wanted) {
        return link.seen;
      }
    }
    return null;
  }

  Seen first() {
    Link link = this;
    while (link.before != null) {
      link = link.before;
    }
    return link.seen;
  }

  int size() {
    int size = 0;
    for (Link link = this; link != null; link = link.before) {
      size++;
    }
    return size;
  }

  /** Oldest first. */
  List<Link> all() {
    List<Link> all = new ArrayList<>();
    for (Link link = this; link != null; link = link.before) {
      all.add(link);
    }
    Collections.reverse(all);
    return all;
  }
}
