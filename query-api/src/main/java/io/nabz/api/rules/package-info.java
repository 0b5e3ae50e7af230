/** Rules as they are kept in their topic: read back, checked, numbered and written. */
package io.nabz.api.rules;
