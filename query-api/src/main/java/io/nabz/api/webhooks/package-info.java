/** Alerts told to other systems, in the form of standardwebhooks.com. */
package io.nabz.api.webhooks;
