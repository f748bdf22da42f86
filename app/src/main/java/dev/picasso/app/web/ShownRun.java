package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.visualization.Visualization;
import java.nio.file.Path;
import java.util.Optional;

/** A run as answers show it: one of a session, at work or not, or one that is kept. */
interface ShownRun {
  String id();

  /** What was asked. */
  ObjectNode order();

  /** How it stands, without the results. */
  ObjectNode status();

  /** How many images it has. */
  int total();

  /** An image's name, its id and its size. */
  ObjectNode picture(int index);

  /** An image's results as in files, once it has any; the caller's own. */
  Optional<ObjectNode> result(int index);

  /** Holds the files of the results. */
  Path folder();

  /** Where the results come from; empty before it has begun. */
  ObjectNode provenance();

  /** The model as it was then, or as far as it is loaded. */
  ObjectNode model();

  /** Whether the model's outputs are numbers, not classes, as far as that is known. */
  boolean tellsNumbers();

  /** The visualization as it was then. */
  ObjectNode visualization();

  /** The visualization, where there still is one of its id. */
  Optional<Visualization<?>> template();
}
