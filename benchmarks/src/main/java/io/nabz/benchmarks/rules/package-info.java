/** Our matcher of rules beside Flink's CEP library, on the same patterns and events. */
package io.nabz.benchmarks.rules;
