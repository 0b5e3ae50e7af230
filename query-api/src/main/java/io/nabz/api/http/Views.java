package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.intake.IntakeResult;
import io.nabz.model.Json;
import java.util.List;
import java.util.Map;

/** The shapes that only the wire has, and the one way to write them. */
final class Views {
  private Views() {}

  /**
   * A page of a list.
   *
   * @param nextCursor for the next page; left out at the end
   * @param liveCursor where a stream continues this answer; left out where there is none
   */
  record Page<T>(List<T> items, String nextCursor, String liveCursor) {}

  /** Who is signed in. */
  record Me(String sub, String name, List<String> roles, String tenant) {}

  record Ticket(String ticket) {}

  record Ready(String status, Map<String, String> components) {}

  record Accepted(int accepted) {}

  /** What became of Segment calls; libraries look at the status alone. */
  record Taken(boolean success, int accepted, int refused, List<IntakeResult.Error> errors) {}

  static void json(Context ctx, Object view) {
    json(ctx, Json.bytes(view));
  }

  static void json(Context ctx, byte[] json) {
    ctx.header("Cache-Control", "no-store").contentType("application/json").result(json);
  }
}
