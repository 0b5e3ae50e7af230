/** The matcher: rules compiled to automata, all partial matches of a customer in one value. */
package io.nabz.rules.engine;
