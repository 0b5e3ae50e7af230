/** Conditions: CEL, type-checked, with ordinary comparisons compiled to plain predicates. */
package io.nabz.rules.expression;
