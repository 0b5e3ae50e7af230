/** The Segment HTTP tracking API. */
package io.nabz.api.segment;
