package io.nabz.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.audiences.SavedSegment;
import io.nabz.api.audiences.Segments;
import io.nabz.api.auth.Principal;
import io.nabz.api.privacy.Sight;
import io.nabz.api.search.CustomerSearch;
import io.nabz.api.store.ViewStore;
import io.nabz.model.Json;
import io.nabz.model.LocalisedText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Saved segments: their size of now, and who is in them. */
final class SegmentsHandler {
  private static final int MAX_BODY_BYTES = 8 * 1024;

  /** An export holds a thread and a view of the index for as long as its reader reads. */
  private static final int EXPORTS_AT_ONCE = 4;

  private static final String EXAMPLE =
      "send {\"name\": {\"en\": \"Gold\", \"fa\": \"طلایی\"}, \"query\": \"tier:gold\"}";

  private final Segments segments;
  private final CustomerSearch search;
  private final ViewStore store;
  private final Audit audit;
  private final Semaphore exports = new Semaphore(EXPORTS_AT_ONCE);

  SegmentsHandler(Segments segments, CustomerSearch search, ViewStore store, Audit audit) {
    this.segments = segments;
    this.search = search;
    this.store = store;
    this.audit = audit;
  }

  /** What somebody wants to save. */
  record Wish(LocalisedText name, String query) {}

  /** A segment as it is shown. */
  record Shown(
      String id,
      LocalisedText name,
      String query,
      long size,
      Instant changedAt,
      String changedBy) {}

  void list(Context ctx) {
    List<Shown> all =
        segments.list(AccessGate.principal(ctx).tenant()).stream().map(this::shown).toList();
    Views.json(ctx, new Views.Page<>(all, null, null));
  }

  void get(Context ctx) {
    Views.json(ctx, shown(find(ctx)));
  }

  void put(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    String id = ctx.pathParam("id");
    Wish wish = wish(ctx);
    try {
      SavedSegment saved =
          segments.put(principal.tenant(), id, wish.name(), wish.query(), principal.subject());
      audit.change(ctx, "segment.put", id);
      Views.json(ctx, shown(saved));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(e.getMessage());
    }
  }

  void delete(Context ctx) {
    String id = ctx.pathParam("id");
    if (!segments.delete(AccessGate.principal(ctx).tenant(), id)) {
      throw unknown();
    }
    audit.change(ctx, "segment.delete", id);
    ctx.status(HttpStatus.NO_CONTENT);
  }

  /** Everybody in the segment, written as they are read: no export is too large. */
  void export(Context ctx) throws IOException {
    SavedSegment segment = find(ctx);
    String format = Optional.ofNullable(Params.text(ctx, "format")).orElse("csv");
    boolean csv = format.equals("csv");
    if (!csv && !format.equals("ndjson")) {
      throw ProblemException.badRequest("format: send csv or ndjson");
    }
    if (!exports.tryAcquire()) {
      throw ProblemException.unavailable("other exports are under way; try again in a minute");
    }
    try {
      audit.change(ctx, "segment.export", segment.id());
      Sight sight = Params.sight(AccessGate.principal(ctx));
      ctx.header("Cache-Control", "no-store")
          .header(
              "Content-Disposition", "attachment; filename=\"" + segment.id() + '.' + format + '"')
          .contentType(csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
      write(segment, csv, sight, ctx.outputStream());
    } finally {
      exports.release();
    }
  }

  private void write(SavedSegment segment, boolean csv, Sight sight, OutputStream to)
      throws IOException {
    boolean direct = sight != Sight.INDIRECT;
    OutputStream out = new BufferedOutputStream(to, 64 * 1024);
    if (csv) {
      out.write(CsvRow.header(direct).getBytes(StandardCharsets.UTF_8));
    }
    search.each(
        segments.query(segment),
        key -> {
          Hit hit = Hit.of(store, key, sight).orElse(null);
          if (hit != null) {
            out.write(
                csv
                    ? CsvRow.of(hit, direct).getBytes(StandardCharsets.UTF_8)
                    : (Json.string(hit) + '\n').getBytes(StandardCharsets.UTF_8));
          }
        });
    out.flush();
  }

  private Shown shown(SavedSegment segment) {
    return new Shown(
        segment.id(),
        segment.name(),
        segment.query(),
        segments.size(segment),
        segment.changedAt(),
        segment.changedBy());
  }

  private SavedSegment find(Context ctx) {
    return segments
        .get(AccessGate.principal(ctx).tenant(), ctx.pathParam("id"))
        .orElseThrow(SegmentsHandler::unknown);
  }

  private static ProblemException unknown() {
    return ProblemException.notFound("there is no such segment");
  }

  private static Wish wish(Context ctx) {
    try {
      if (Json.tree(Bodies.read(ctx, MAX_BODY_BYTES)) instanceof ObjectNode body) {
        return Json.mapper().treeToValue(body, Wish.class);
      }
    } catch (IOException e) {
      throw ProblemException.badRequest("the body does not fit; " + EXAMPLE);
    }
    throw ProblemException.badRequest("the body is not a JSON object; " + EXAMPLE);
  }
}
