package io.nabz.api.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The pages, from the class path. What lies under assets has its content's hash in its name and is
 * cached for a year; all else is asked for again each time.
 */
final class PagesHandler {
  private static final String ROOT = "/web/";

  /** No segment begins with a dot, so no path leaves the folder. */
  private static final Pattern SAFE =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  void index(Context ctx) {
    serve(ctx, "index.html", "no-cache");
  }

  void asset(Context ctx) {
    serve(ctx, "assets/" + ctx.pathParam("path"), "public, max-age=31536000, immutable");
  }

  void file(Context ctx) {
    serve(ctx, ctx.pathParam("file"), "no-cache");
  }

  private void serve(Context ctx, String path, String caching) {
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    byte[] content = type == null || !SAFE.matcher(path).matches() ? null : load(path);
    if (content == null) {
      throw ProblemException.notFound("there is no such page; see /openapi.json for the routes");
    }
    ctx.header("Cache-Control", caching).contentType(type).result(content);
  }

  private byte[] load(String path) {
    byte[] known = files.get(path);
    if (known != null) {
      return known;
    }
    try (InputStream in = PagesHandler.class.getResourceAsStream(ROOT + path)) {
      if (in == null) {
        return null;
      }
      byte[] content = in.readAllBytes();
      files.put(path, content);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a page", e);
    }
  }
}
