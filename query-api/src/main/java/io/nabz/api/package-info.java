/**
 * The serving side of Nabz: events come in over HTTP, snapshots and alerts go out from materialised
 * views and live streams.
 */
package io.nabz.api;
