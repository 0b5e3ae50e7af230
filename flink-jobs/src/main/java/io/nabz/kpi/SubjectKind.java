package io.nabz.kpi;

/** What is counted. The code is the beginning of a subject's key. */
public enum SubjectKind {
  CONTACT('k'),
  AGENT('a'),
  CUSTOMER('u'),
  CASE('c'),
  /** A thing of its own: an alert. */
  POINT('p');

  private static final SubjectKind[] ALL = values();

  private final char code;

  SubjectKind(char code) {
    this.code = code;
  }

  /** {@code kind:tenant/id}. */
  String key(String tenantAndId) {
    return code + ":" + tenantAndId;
  }

  public static SubjectKind of(String key) {
    for (SubjectKind kind : ALL) {
      if (kind.code == key.charAt(0)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("not a subject: " + key);
  }
}
