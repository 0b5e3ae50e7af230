package io.nabz.api.http;

import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ends a request with a problem; the detail tells the sender what to send instead. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final transient Map<String, Object> extensions = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  ProblemException(HttpStatus status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  static ProblemException badRequest(String detail) {
    return new ProblemException(HttpStatus.BAD_REQUEST, detail);
  }

  static ProblemException notFound(String detail) {
    return new ProblemException(HttpStatus.NOT_FOUND, detail);
  }

  static ProblemException unavailable(String detail) {
    return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, detail).header("Retry-After", "2");
  }

  ProblemException with(String name, Object value) {
    extensions.put(name, value);
    return this;
  }

  ProblemException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  HttpStatus status() {
    return status;
  }

  Map<String, Object> extensions() {
    return extensions;
  }

  Map<String, String> headers() {
    return headers;
  }
}
