/** Measures the text reader against labelled texts and simple baselines, and its speed. */
package io.nabz.benchmarks.text;
