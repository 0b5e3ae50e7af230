/** The stream's clock: event time that goes on when the feeds fall silent. */
package io.nabz.clock;
