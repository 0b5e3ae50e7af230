/** How the API reaches Kafka. */
package io.nabz.api.kafka;
