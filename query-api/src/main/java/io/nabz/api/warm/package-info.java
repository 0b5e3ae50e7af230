/** Warm starts of rules: the history is run, and what it leaves is handed to the stream. */
package io.nabz.api.warm;
