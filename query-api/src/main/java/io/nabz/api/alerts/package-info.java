/** What people do with alerts. */
package io.nabz.api.alerts;
