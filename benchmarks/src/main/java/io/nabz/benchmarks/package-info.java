/**
 * The end-to-end harness: contenders side by side over a real broker, in one run. A contender is a
 * {@link io.nabz.benchmarks.Contender}; adding a rival is one class and one line in {@link
 * io.nabz.benchmarks.Contenders}.
 */
package io.nabz.benchmarks;
