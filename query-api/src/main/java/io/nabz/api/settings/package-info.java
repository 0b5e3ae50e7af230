/** What people have set up, kept in one compacted topic and known to every replica. */
package io.nabz.api.settings;
