/** The way in: Kafka records to events, with everything unusable set aside as a dead letter. */
package io.nabz.intake;
