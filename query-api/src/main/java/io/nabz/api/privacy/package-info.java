/** How much of a person each role is shown. */
package io.nabz.api.privacy;
