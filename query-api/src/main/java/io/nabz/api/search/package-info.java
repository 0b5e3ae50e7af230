/** Finding customers. */
package io.nabz.api.search;
