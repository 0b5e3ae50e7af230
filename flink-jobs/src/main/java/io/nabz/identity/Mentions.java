package io.nabz.identity;

import java.util.ArrayList;
import java.util.List;

/** What an event says of identity besides its customer; drawn once, where it is decoded. */
public class Mentions {
  /** Whether it names its customer; if not, the first identifier says whose it is. */
  public boolean named;

  /** Strongest first. */
  public List<Mention> identifiers = new ArrayList<>();

  /** Identifiers that are taken back. */
  public List<Mention> split = new ArrayList<>();

  /** Customer that is merged or split off, or null. */
  public String from;

  /** Customer it is merged into, or null when it is split off. */
  public String into;

  public boolean erased;
}
