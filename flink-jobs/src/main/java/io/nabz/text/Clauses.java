package io.nabz.text;

/**
 * Walks the words of a text clause by clause and weighs what they feel: negation, intensity,
 * contrast, questions, courtesy, sarcasm. One walk, one thread; the state is reused.
 */
final class Clauses {
  /** How many words an English "not" reaches. */
  private static final int NOT_REACHES = 4;

  private static final int WITHOUT_REACHES = 3;
  private static final int INTENSITY_REACHES = 3;
  private static final int ASPECT_REACHES = 4;
  private static final double BEFORE_BUT = 0.45;
  private static final double AFTER_BUT = 1.3;
  private static final double CONCEDED = 0.4;
  private static final double GOOD_TURNED = -0.85;
  private static final double BAD_TURNED = -0.55;
  private static final double ASPECT = 0.6;

  private final Lexicon lexicon;
  private final PhraseTable.Match match = new PhraseTable.Match();
  private Tokens t;
  private Hits hits;

  private int clauseStart;
  private int sentenceStart;
  private int negUntil;
  private boolean negTurnsBad;
  private int turnUntil;
  private int intenseUntil;
  private double intensity;
  private int aspectAt;
  private boolean aspectGood;
  private int degreeAt;
  private boolean degreeHigh;
  private boolean conceded;
  private boolean afterBut;
  private boolean asks;
  private boolean reproach;
  private boolean supposes;
  private int sarcasm;
  private boolean askedSomething;
  private int sentenceHits;

  Clauses(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  void read(Tokens tokens, Hits out) {
    t = tokens;
    hits = out;
    hits.clear();
    sentenceStart = 0;
    sarcasm = 0;
    askedSomething = false;
    newSentence();
    int i = 0;
    while (i < t.count) {
      i = step(i);
    }
    endSentence();
    if (askedSomething) {
      thanksInAdvance();
    }
    applySarcasm();
  }

  private int step(int i) {
    lexicon.feelings.longest(t, i, match);
    int length = Math.max(1, match.tokens);
    int last = i + length - 1;
    if (match.entry >= 0) {
      meet(lexicon.feelings.entry(match.entry), i, last);
    } else {
      plainVerb(i);
    }
    boundaries(last);
    return last + 1;
  }

  private void meet(Entry e, int i, int last) {
    boolean negVerb = t.is(last, Tokens.NEGATED) || e.role() == Role.NEGVERB;
    switch (e.role()) {
      case NEG -> {
        negUntil = last + NOT_REACHES;
        negTurnsBad = e.weight() == 0;
      }
      case WITHOUT -> turnUntil = last + WITHOUT_REACHES;
      case INTENS, DOWN -> {
        intensity *= e.value();
        intenseUntil = last + INTENSITY_REACHES;
      }
      case BUT -> turnOfPhrase(i);
      case ALTHOUGH -> {
        newClause();
        conceded = true;
      }
      case QUESTION -> asks |= t.kind[i] == Tokens.FA || i == sentenceStart;
      case WHY -> reproach = true;
      case IF -> supposes = true;
      case SARCASM -> sarcasm = Math.max(sarcasm, e.value() > 1 ? 2 : 1);
      case ASSET, COST -> aspect(i, last, e.role() == Role.ASSET);
      case HIGH, LOW -> degree(i, last, e.role() == Role.HIGH);
      case NEGVERB -> {
        if (e.weight() == 0) {
          turnClause(i, false);
        }
      }
      case VERB -> closeClause();
      case POLITE, NONE -> {}
    }
    if (e.weight() != 0 && e.role() != Role.POLITE) {
      feel(e, i, last, negVerb);
    } else if (e.role() != Role.NEGVERB && t.is(last, Tokens.VERB)) {
      plainVerb(last);
    }
  }

  private void feel(Entry e, int i, int last, boolean negVerb) {
    double w = e.weight();
    if (i <= intenseUntil) {
      w *= intensity;
    }
    intensity = 1;
    intenseUntil = -1;
    if (t.is(i, Tokens.STRETCHED) || t.is(i, Tokens.SHOUT)) {
      w *= 1.2;
    }
    int flags = e.abuse() ? Hits.ABUSE : 0;
    if (t.kind[i] == Tokens.FA) {
      flags |= Hits.PERSIAN;
    }
    if (t.is(i, Tokens.QUOTED) && w > 0) {
      w *= 0.5;
    }
    boolean english = t.kind[i] == Tokens.LATIN;
    boolean denied = english && i <= negUntil && e.role() != Role.NEG && (w > 0 || negTurnsBad);
    if (denied || i <= turnUntil) {
      w *= w > 0 ? GOOD_TURNED : BAD_TURNED;
      flags |= Hits.TURNED;
    }
    if (negVerb && last > i) {
      muteGoodBefore();
    }
    hits.add(w, i, last, e.emotions(), flags);
    if (t.is(last, Tokens.COPULA) || (t.kind[last] == Tokens.FA && t.is(last, Tokens.VERB))) {
      closeClause();
    }
  }

  /** «خوب کار نمیکنه»: the good word belonged to the verb that is denied. */
  private void muteGoodBefore() {
    for (int h = hits.count - 1; h >= clauseStart && !hits.is(h, Hits.CLOSED); h--) {
      if (hits.weight[h] > 0) {
        hits.weight[h] *= 0.2;
        hits.flags[h] |= Hits.TURNED;
      }
    }
  }

  private void plainVerb(int i) {
    if (t.kind[i] != Tokens.FA || !t.is(i, Tokens.VERB)) {
      return;
    }
    if (t.is(i, Tokens.NEGATED)) {
      turnClause(i, true);
    } else {
      closeClause();
    }
  }

  /** A denied verb turns what its clause said; with nothing said it is a little bad by itself. */
  private void turnClause(int i, boolean verb) {
    boolean turned = false;
    for (int h = hits.count - 1; h >= clauseStart && !hits.is(h, Hits.CLOSED); h--) {
      if (hits.is(h, Hits.TURNED)) {
        continue;
      }
      hits.weight[h] *= hits.weight[h] > 0 ? GOOD_TURNED : BAD_TURNED;
      hits.flags[h] |= Hits.TURNED;
      hits.last[h] = Math.max(hits.last[h], i);
      turned = true;
    }
    if (!turned && aspectAt >= 0 && aspectGood) {
      hits.add(-ASPECT, aspectAt, i, Emotion.DISAPPOINTMENT.bit(), Hits.PERSIAN);
      aspectAt = -1;
      turned = true;
    }
    if (!turned && verb) {
      hits.add(-0.22, i, i, 0, Hits.PERSIAN | Hits.TURNED);
    }
    closeClause();
  }

  private void aspect(int i, int last, boolean good) {
    if ((i <= negUntil && t.kind[i] == Tokens.LATIN) || i <= turnUntil) {
      hits.add(good ? -ASPECT : ASPECT / 2, i, last, 0, Hits.TURNED);
    } else if (degreeAt >= 0 && i - degreeAt <= 2) {
      hits.add(degreeHigh == good ? ASPECT : -ASPECT, degreeAt, last, 0, persian(i));
      degreeAt = -1;
    } else {
      aspectAt = i;
      aspectGood = good;
    }
  }

  private void degree(int i, int last, boolean high) {
    if (aspectAt >= 0 && i - aspectAt <= ASPECT_REACHES) {
      hits.add(aspectGood == high ? ASPECT : -ASPECT, aspectAt, last, 0, persian(i));
      aspectAt = -1;
      if (t.is(last, Tokens.COPULA)) {
        closeClause();
      }
    } else {
      degreeAt = i;
      degreeHigh = high;
    }
  }

  private int persian(int token) {
    return t.kind[token] == Tokens.FA ? Hits.PERSIAN : 0;
  }

  private void turnOfPhrase(int i) {
    if (conceded || i == 0) {
      newClause();
      return;
    }
    for (int h = 0; h < hits.count; h++) {
      hits.weight[h] *= BEFORE_BUT;
    }
    newClause();
    afterBut = true;
  }

  private void boundaries(int last) {
    if (t.is(last, Tokens.QUESTION)) {
      asks = true;
    }
    if (t.is(last, Tokens.SENTENCE_END)) {
      endSentence();
      newSentence();
      sentenceStart = last + 1;
    } else if (t.is(last, Tokens.BREAK)) {
      boolean stillAfterBut = afterBut;
      newClause();
      afterBut = stillAfterBut;
    }
  }

  private void closeClause() {
    for (int h = hits.count - 1; h >= clauseStart && !hits.is(h, Hits.CLOSED); h--) {
      hits.flags[h] |= Hits.CLOSED;
    }
    aspectAt = -1;
    degreeAt = -1;
  }

  private void newClause() {
    for (int h = clauseStart; h < hits.count; h++) {
      if (conceded) {
        hits.weight[h] *= CONCEDED;
      } else if (afterBut) {
        hits.weight[h] *= AFTER_BUT;
      }
    }
    clauseStart = hits.count;
    negUntil = -1;
    turnUntil = -1;
    intenseUntil = -1;
    intensity = 1;
    aspectAt = -1;
    degreeAt = -1;
    conceded = false;
    afterBut = false;
  }

  private void newSentence() {
    newClause();
    sentenceHits = hits.count;
    clauseStart = hits.count;
    asks = false;
    reproach = false;
    supposes = false;
  }

  private void endSentence() {
    newClause();
    boolean question = asks || reproach;
    askedSomething |= asks && !reproach;
    for (int h = sentenceHits; h < hits.count; h++) {
      double w = hits.weight[h];
      boolean thanks = (hits.emotions[h] & Emotion.GRATITUDE.bit()) != 0;
      if (reproach) {
        w *= w > 0 ? 0.2 : 1.1;
      } else if (question) {
        w *= w > 0 ? (thanks ? 0.6 : 0.1) : 0.5;
      }
      if (supposes) {
        w *= w > 0 ? 0.35 : 0.7;
      }
      hits.weight[h] = w;
      if (sarcasm > 0 && w > 0) {
        hits.flags[h] |= Hits.SARCASTIC;
      }
    }
    if (reproach && asks && sentenceStart < t.count) {
      hits.add(-0.2, sentenceStart, sentenceStart, 0, 0);
    }
    if (sarcasm < 2) {
      sarcasm = 0;
    }
  }

  /** Thanks around a question are for the answer to come. */
  private void thanksInAdvance() {
    for (int h = 0; h < hits.count; h++) {
      if (hits.weight[h] > 0 && (hits.emotions[h] & Emotion.GRATITUDE.bit()) != 0) {
        hits.weight[h] *= 0.2;
      }
    }
  }

  /**
   * Praise in a sentence with a sign of sarcasm is reproach once the text has something bad too.
   */
  private void applySarcasm() {
    double bad = 0;
    for (int h = 0; h < hits.count; h++) {
      bad += Math.min(0, hits.weight[h]);
    }
    if (bad > -0.3 && sarcasm < 2) {
      return;
    }
    for (int h = 0; h < hits.count; h++) {
      if (hits.weight[h] > 0 && (hits.is(h, Hits.SARCASTIC) || sarcasm == 2)) {
        hits.weight[h] *= -0.6;
        hits.emotions[h] = Emotion.ANGER.bit();
      }
    }
  }
}
