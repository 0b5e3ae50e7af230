package io.nabz.text;

/** What is known of a word or phrase: what it feels and what it does to its neighbours. */
record Entry(float weight, int emotions, boolean abuse, Role role, float value) {
  static final Entry EMPTY = new Entry(0, 0, false, Role.NONE, 0);

  Entry feeling(float newWeight, int newEmotions, boolean newAbuse) {
    return new Entry(newWeight, newEmotions, newAbuse, role, value);
  }

  Entry doing(Role newRole, float newValue) {
    return new Entry(weight, emotions, abuse, newRole, newValue);
  }
}
