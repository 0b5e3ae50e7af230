/** How the API names its threads. */
package io.nabz.api.threads;
