/**
 * What is stored of a customer: flat, public, evolvable POJOs without behaviour beyond keeping
 * themselves bounded. Times are epoch milliseconds, since Flink's POJO serializer reads and writes
 * a long for a tenth of what an {@code Instant} costs. A field may be added (old state reads it as
 * null or zero), never renamed or given another type.
 */
package io.nabz.customer.state;
