package io.nabz.api.privacy;

/** How much of a person one is shown. */
public enum Sight {
  /** All there is. */
  WHOLE,
  /** What serving a customer takes: of a national id its end, to compare with what is said. */
  SERVING,
  /** Nothing that names, reaches or finds the person outside of this system. */
  INDIRECT
}
