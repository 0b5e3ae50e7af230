/** Who is asking: tokens, sessions, tickets, roles. */
package io.nabz.api.auth;
