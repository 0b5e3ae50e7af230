/** JMH kernels: what a single event costs in parts, without broker or Flink. */
package io.nabz.benchmarks.jmh;
