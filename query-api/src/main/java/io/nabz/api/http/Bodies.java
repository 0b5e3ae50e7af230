package io.nabz.api.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.intake.BoundedBody;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.ZipException;

/** Reads request bodies, plain or with gzip, up to a limit. */
final class Bodies {
  private Bodies() {}

  static byte[] read(Context ctx, int limit) {
    return read(ctx, limit, HttpStatus.CONTENT_TOO_LARGE);
  }

  /**
   * @param tooLarge the answer to a body over the limit
   */
  static byte[] read(Context ctx, int limit, HttpStatus tooLarge) {
    String encoding = ctx.header("Content-Encoding");
    boolean gzip = "gzip".equalsIgnoreCase(encoding);
    if (encoding != null && !gzip && !"identity".equalsIgnoreCase(encoding)) {
      throw new ProblemException(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send the body plain or with gzip")
          .header("Accept-Encoding", "gzip");
    }
    try {
      return BoundedBody.read(ctx.req().getInputStream(), gzip, limit);
    } catch (BoundedBody.TooLargeException e) {
      throw new ProblemException(tooLarge, e.getMessage());
    } catch (BoundedBody.TooSlowException e) {
      throw new ProblemException(HttpStatus.REQUEST_TIMEOUT, e.getMessage());
    } catch (ZipException | EOFException e) {
      throw ProblemException.badRequest("the body is not gzip; send it whole, or plain");
    } catch (IOException e) {
      throw ProblemException.badRequest("the body did not arrive whole; send it again");
    }
  }

  /** The media type without its parameters, in lower case; empty if there is none. */
  static String mediaType(Context ctx) {
    String type = ctx.contentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
