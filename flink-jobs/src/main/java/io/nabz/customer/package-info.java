/**
 * What an event means for a customer: pure transitions over {@link io.nabz.customer.state}, without
 * a Flink import. The operator reads state, calls {@link io.nabz.customer.CustomerLogic}, writes
 * and emits.
 */
package io.nabz.customer;
