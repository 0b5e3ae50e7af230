/** The way of events from an HTTP body into the broker. */
package io.nabz.api.intake;
