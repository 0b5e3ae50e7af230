package io.nabz.api.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.security.RouteRole;
import io.nabz.api.auth.AuthException;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Sessions;
import io.nabz.api.auth.SourceKeys;
import io.nabz.api.auth.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Lets a request through to its route when the credential has one of the roles of the route. */
final class AccessGate {
  static final String SESSION_COOKIE = "nabz_session";
  private static final String PRINCIPAL = "principal";
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  /** A page of another origin cannot set this header without being asked first. */
  private static final String CSRF_HEADER = "X-Requested-With";

  private static final String CSRF_VALUE = "nabz";

  private final TokenVerifier tokens;
  private final Sessions sessions;
  private final SourceKeys keys;
  private final RateLimits reads;
  private final boolean loopbackOnly;

  AccessGate(
      TokenVerifier tokens,
      Sessions sessions,
      SourceKeys keys,
      RateLimits reads,
      boolean loopbackOnly) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.keys = keys;
    this.reads = reads;
    this.loopbackOnly = loopbackOnly;
  }

  static Principal principal(Context ctx) {
    return ctx.attribute(PRINCIPAL);
  }

  /**
   * On loopback only names of this machine are served: a page whose name was bound anew to
   * 127.0.0.1 (DNS rebinding) sends its own.
   */
  void checkHost(Context ctx) {
    if (!loopbackOnly) {
      return;
    }
    String host = ctx.req().getServerName();
    if (!Set.of("localhost", "127.0.0.1", "[::1]", "::1", "[0:0:0:0:0:0:0:1]").contains(host)) {
      throw new ProblemException(
          HttpStatus.MISDIRECTED_REQUEST, "this server answers as localhost or 127.0.0.1 only");
    }
  }

  void checkRole(Context ctx) {
    Set<RouteRole> wanted = ctx.routeRoles();
    if (wanted.contains(Access.PUBLIC) || wanted.contains(Access.KEY_IN_REQUEST)) {
      return;
    }
    if (wanted.isEmpty()) {
      // Only HEAD comes here: routes have roles, and HEAD has no routes.
      throw new ProblemException(HttpStatus.METHOD_NOT_ALLOWED, "this route takes GET")
          .header("Allow", "GET");
    }
    Principal principal = authenticate(ctx);
    if (!principal.hasAnyOf(wanted)) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN, "your token has none of the roles that this route takes");
    }
    if (ctx.method() == HandlerType.GET) {
      reads.check(principal);
      reads.charge(principal, 1);
    }
    ctx.attribute(PRINCIPAL, principal);
  }

  private Principal authenticate(Context ctx) {
    String authorization = ctx.header("Authorization");
    String cookie = ctx.cookie(SESSION_COOKIE);
    try {
      if (authorization != null) {
        String key = basicUser(authorization);
        if (key != null) {
          return keys.verify(key);
        }
        String token = bearer(authorization);
        if (token == null) {
          throw new AuthException("send \"Authorization: Bearer <token>\"");
        }
        return SourceKeys.isKey(token) ? keys.verify(token) : tokens.verify(token);
      }
      if (cookie != null) {
        Principal principal = sessions.verify(cookie);
        checkNotForged(ctx);
        return principal;
      }
    } catch (AuthException e) {
      throw unauthorized(e.getMessage(), ", error=\"invalid_token\"");
    }
    throw unauthorized("send \"Authorization: Bearer <token>\", or sign in with a link", "");
  }

  /** The user name of a Basic authorization: where feeds put their key; null for another scheme. */
  static String basicUser(String authorization) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return null;
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip()),
              StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? pair : pair.substring(0, colon);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** The token of a Bearer authorization; null for another scheme. */
  static String bearer(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  private static void checkNotForged(Context ctx) {
    boolean changes = ctx.method() != HandlerType.GET && ctx.method() != HandlerType.HEAD;
    if (changes && !CSRF_VALUE.equals(ctx.header(CSRF_HEADER))) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN,
          "with a session cookie, send \"" + CSRF_HEADER + ": " + CSRF_VALUE + "\"");
    }
  }

  static ProblemException unauthorized(String detail, String error) {
    return new ProblemException(HttpStatus.UNAUTHORIZED, detail)
        .header("WWW-Authenticate", "Bearer realm=\"nabz\"" + error);
  }
}
