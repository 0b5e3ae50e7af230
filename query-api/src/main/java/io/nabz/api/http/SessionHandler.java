package io.nabz.api.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Role;
import io.nabz.api.auth.Sessions;
import io.nabz.api.auth.Tickets;

/** Signing in and out in a browser, and who one is. */
final class SessionHandler {
  private final Tickets tickets;
  private final Sessions sessions;
  private final Audit audit;

  SessionHandler(Tickets tickets, Sessions sessions, Audit audit) {
    this.audit = audit;
    this.tickets = tickets;
    this.sessions = sessions;
  }

  void me(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    Views.json(
        ctx,
        new Views.Me(
            principal.subject(),
            principal.name(),
            principal.roles().stream().sorted().map(Role::code).toList(),
            principal.tenant()));
  }

  /** A ticket signs its bearer in as the one who asked for it. */
  void ticket(Context ctx) {
    audit.change(ctx, "ticket.issue", null);
    ctx.status(HttpStatus.CREATED);
    Views.json(ctx, new Views.Ticket(tickets.issue(AccessGate.principal(ctx))));
  }

  void signIn(Context ctx) {
    String ticket = Params.text(ctx, "ticket");
    if (ticket == null) {
      throw ProblemException.badRequest("open the sign-in link as it was printed");
    }
    Principal principal =
        tickets
            .consume(ticket)
            .orElseThrow(
                () ->
                    new ProblemException(
                        HttpStatus.UNAUTHORIZED,
                        "the link was used or is over ten minutes old; ask for a new one"));
    ctx.cookie(cookie(ctx, sessions.open(principal), (int) Sessions.LIFE.toSeconds()));
    ctx.header("Cache-Control", "no-store");
    ctx.redirect("/", HttpStatus.SEE_OTHER);
  }

  void signOut(Context ctx) {
    String session = ctx.cookie(AccessGate.SESSION_COOKIE);
    if (session != null) {
      sessions.signOut(session);
    }
    ctx.cookie(cookie(ctx, "", 0));
    ctx.status(HttpStatus.NO_CONTENT);
  }

  private static Cookie cookie(Context ctx, String value, int maxAgeSeconds) {
    Cookie cookie = new Cookie(AccessGate.SESSION_COOKIE, value, "/", maxAgeSeconds);
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.STRICT);
    // Behind a proxy that ends TLS the request itself is plain.
    cookie.setSecure(
        ctx.req().isSecure() || "https".equalsIgnoreCase(ctx.header("X-Forwarded-Proto")));
    return cookie;
  }
}
