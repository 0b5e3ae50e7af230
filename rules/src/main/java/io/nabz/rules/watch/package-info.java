/** Rules that watch sources and queues: what is remembered of one and what is told of it. */
package io.nabz.rules.watch;
