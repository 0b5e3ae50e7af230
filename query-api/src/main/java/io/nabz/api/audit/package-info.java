/** Who read of whom, and who changed what. */
package io.nabz.api.audit;
