package io.nabz.launcher.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The part of an adapter that cannot be declared: turns one record into flat rows. */
interface RowShaper {
  /**
   * @return rows with the columns that the mapping declares
   * @throws BadRow when the record does not have the shape
   */
  List<ObjectNode> shape(ObjectNode row);
}
