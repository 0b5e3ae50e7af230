/** The materialised views of the compacted topics, with their offsets beside the data. */
package io.nabz.api.store;
