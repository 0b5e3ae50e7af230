/** The rules that come with the product. */
package io.nabz.rules.catalogue;
