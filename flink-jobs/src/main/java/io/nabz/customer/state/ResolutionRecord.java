package io.nabz.customer.state;

/** How many contacts were followed by another within the window, over the customer's life. */
public class ResolutionRecord {
  public long contacts;

  /** Followed by another on whatever topic. */
  public long followed;

  /** Contacts that named a topic. */
  public long topicContacts;

  /** Followed by another on the same topic. */
  public long topicFollowed;
}
