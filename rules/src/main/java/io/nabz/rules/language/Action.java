package io.nabz.rules.language;

import static java.util.Objects.requireNonNull;

import io.nabz.model.LocalisedText;

/**
 * What is to be said when a rule has matched. Texts may hold {@code {{path}}} and {@code {{path |
 * words for when it is not known}}}.
 *
 * @param advice what the person should do now, or null
 * @param offer null for none
 * @param webhook name of a configured target, or null
 */
public record Action(LocalisedText title, LocalisedText advice, Offer offer, String webhook) {
  public Action {
    requireNonNull(title, "title is null");
  }

  /**
   * What a marketing alert proposes.
   *
   * @param holdout share of customers, 0 to 1, who are not shown it so that its effect can be told
   */
  public record Offer(String id, double holdout) {}
}
