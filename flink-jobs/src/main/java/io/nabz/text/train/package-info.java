/** The command that fits the small linear model of the text reader, and its report. */
package io.nabz.text.train;
