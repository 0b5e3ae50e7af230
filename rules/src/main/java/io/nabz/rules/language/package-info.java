/** Rules as data: the language of the contract, read from JSON and YAML. */
package io.nabz.rules.language;
