/**
 * The command line. {@code up} runs the whole service on one machine: a real Kafka broker in a
 * child process, Flink and the API in this one.
 */
package io.nabz.launcher;
