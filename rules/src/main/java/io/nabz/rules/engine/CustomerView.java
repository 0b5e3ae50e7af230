package io.nabz.rules.engine;

import io.nabz.rules.expression.CustomerFacts;

/** The customer as rules and their alerts need it; read only when it is needed. */
public interface CustomerView extends CustomerFacts {
  /** A customer of whom nothing is known, for rules that ask for nothing. */
  CustomerView UNKNOWN =
      new CustomerView() {
        @Override
        public Object facet(String name) {
          return null;
        }

        @Override
        public Live live() {
          return Live.NOBODY;
        }
      };

  /** The contact by which somebody has the customer now; any of it may be null. */
  record Live(String agentId, String contactId, String queue) {
    public static final Live NOBODY = new Live(null, null, null);
  }

  Live live();
}
