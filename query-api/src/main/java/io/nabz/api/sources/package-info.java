/** Webhooks of other systems, by declaration. */
package io.nabz.api.sources;
