/**
 * Whose event it is. Identifiers are nodes that keep who claimed them when, and what came by them;
 * weak ones point to strong ones or customers, strong ones to customers, so that nothing can loop.
 */
package io.nabz.identity;
