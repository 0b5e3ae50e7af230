/** What records of Kafka hold, whoever reads them. */
package io.nabz.kafka;
