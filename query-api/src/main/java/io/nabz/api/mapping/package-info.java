/** Foreign payloads become events by tables, not by code. */
package io.nabz.api.mapping;
