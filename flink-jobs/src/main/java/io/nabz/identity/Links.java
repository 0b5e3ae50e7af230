package io.nabz.identity;

/** The links of one customer, beside its state since most of its events need no look at them. */
public interface Links {
  /** Null when there are none. */
  LinkList read() throws Exception;

  void write(LinkList links) throws Exception;
}
