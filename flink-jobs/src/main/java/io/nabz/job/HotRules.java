package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.state.CustomerState;
import io.nabz.rules.engine.RuleState;

/**
 * What rules remember of a customer who is on the heap. Packing it into the record costs as much as
 * a rule's match, so that is done when the record is written, not with each event. The record says
 * itself whether it holds all, so whatever takes the place of its rules (an erasure, a merge) also
 * ends what was remembered here.
 */
final class HotRules {
  /** Stands in the record while what it should hold is here; no packed form, nobody can read it. */
  private static final byte[] NOT_STORED = {};

  private final CustomerState record;

  /** Null until somebody asks. */
  private RuleState rules;

  HotRules(CustomerState record) {
    this.record = requireNonNull(record, "record is null");
  }

  /** As of now; whoever changes it says so by {@link #changed}. */
  RuleState current() {
    boolean holds = rules != null && (record.rules == NOT_STORED || rules.isStoredAs(record.rules));
    if (!holds) {
      rules = RuleState.of(record.rules, record.rulesDueMs);
    }
    return rules;
  }

  /** What {@link #current} gave is not what it was. */
  void changed() {
    record.rules = NOT_STORED;
    record.rulesDueMs = rules.dueMs();
  }

  /** Before the record is written, copied or read as a whole. */
  void store() {
    if (record.rules == NOT_STORED) {
      record.rules = rules.packed();
    }
  }
}
