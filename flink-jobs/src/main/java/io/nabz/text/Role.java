package io.nabz.text;

/** What a word does to the words around it, beyond what it feels. */
enum Role {
  NONE,
  /** Turns what follows it (English "not"). */
  NEG,
  /** Turns the next thing named («بدون»). */
  WITHOUT,
  INTENS,
  DOWN,
  /** Starts the clause that counts («ولی», "but"). */
  BUT,
  /** Starts a clause that counts less («با اینکه», "although"). */
  ALTHOUGH,
  QUESTION,
  /** A question that is mostly a reproach («چرا», "why"). */
  WHY,
  IF,
  /** Courtesy that feels nothing («خسته نباشید», "kind regards"). */
  POLITE,
  /** Praise near it may be meant the other way round. */
  SARCASM,
  /** More of it is good (quality). */
  ASSET,
  /** More of it is bad (price). */
  COST,
  HIGH,
  LOW,
  /** Ends a Persian clause and turns what came before it («نیست»). */
  NEGVERB,
  VERB
}
