/** Saved questions about customers: how many fit now, and who. */
package io.nabz.api.audiences;
