package io.nabz.api.http;

import io.javalin.security.RouteRole;

/** What a route asks for when it asks for no role. */
enum Access implements RouteRole {
  /** Anyone who reaches the port. */
  PUBLIC,
  /** A key that may also stand in the body, so the handler checks it. */
  KEY_IN_REQUEST
}
