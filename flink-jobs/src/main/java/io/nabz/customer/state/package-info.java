/**
 * What is stored of a customer: flat, public, evolvable POJOs without behaviour beyond keeping
 * themselves bounded. Times are epoch milliseconds. Each public field has a number in {@link
 * io.nabz.customer.state.codec}, which writes them: a new field needs a line in its {@code write}
 * and its {@code read} (a test fails until then) and old state reads it as what a new object holds.
 * A field is never renamed or given another type or another initial value: savepoints from before
 * the codec know it by its name.
 */
package io.nabz.customer.state;
