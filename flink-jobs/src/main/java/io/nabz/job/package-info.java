/**
 * The wiring: options, sources, operators, sinks. What is decided is decided in the other packages.
 */
package io.nabz.job;
