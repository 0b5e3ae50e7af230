/** Telephone systems on Asterisk: what happens in their queues, as events. */
package io.nabz.launcher.asterisk;
