package io.nabz.launcher.replay;

/** Makes events of the lines of one recording; used for one recording, from its first line on. */
interface Translator {
  Translation translate(String line);
}
