/** Live delivery: one hub, and for each client a bounded queue and a writer of its own. */
package io.nabz.api.live;
