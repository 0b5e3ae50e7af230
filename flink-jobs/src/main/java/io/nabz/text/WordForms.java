package io.nabz.text;

import java.util.List;
import java.util.Map;

/** The raw material of {@link Words}: verb stems and the words that only look like verbs. */
record WordForms(
    List<String> past,
    List<String> present,
    Map<String, String> roots,
    List<String> notVerbs,
    List<String> englishNegators) {
  WordForms {
    past = List.copyOf(past);
    present = List.copyOf(present);
    roots = Map.copyOf(roots);
    notVerbs = List.copyOf(notVerbs);
    englishNegators = List.copyOf(englishNegators);
  }
}
