package io.nabz.api.segment;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The calls of the tracking API. */
public enum SegmentCall {
  TRACK("track"),
  IDENTIFY("identify"),
  PAGE("page"),
  SCREEN("screen"),
  GROUP("group"),
  ALIAS("alias");

  private static final Map<String, SegmentCall> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(SegmentCall::code, Function.identity()));

  private final String code;

  SegmentCall(String code) {
    this.code = code;
  }

  /** The name in the path and in a batch. */
  public String code() {
    return code;
  }

  /** The form that some libraries use in the path. */
  public String letter() {
    return code.substring(0, 1);
  }

  /** The call of that name, or null. */
  static SegmentCall ofOrNull(String code) {
    return BY_CODE.get(code);
  }
}
