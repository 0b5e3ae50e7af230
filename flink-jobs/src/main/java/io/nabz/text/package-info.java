/** Reads what a customer wrote: language, sentiment, emotion, topic; pure Java, no Flink. */
package io.nabz.text;
