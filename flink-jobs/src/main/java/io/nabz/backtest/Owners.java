package io.nabz.backtest;

/** Whose an identifier is by now. */
@FunctionalInterface
public interface Owners {
  /**
   * @param value as the normaliser writes it
   * @return null if it is nobody's
   */
  String ownerOf(String tenant, String identifierType, String value);
}
