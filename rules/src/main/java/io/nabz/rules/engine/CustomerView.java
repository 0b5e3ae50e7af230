package io.nabz.rules.engine;

import io.nabz.rules.expression.CustomerFacts;

/** The customer as rules and their alerts need it; read only when it is needed. */
public interface CustomerView extends CustomerFacts {
  /** The contact by which somebody has the customer now; any of it may be null. */
  record Live(String agentId, String contactId, String queue) {
    public static final Live NOBODY = new Live(null, null, null);
  }

  Live live();
}
