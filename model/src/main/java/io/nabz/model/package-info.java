/**
 * The vocabulary of Nabz: events, identifiers, snapshot, alert and topics, each declared once and
 * spoken by the stream and by the API alike. This package knows neither Flink nor Javalin.
 */
package io.nabz.model;
