package dev.picasso.fuzz;

import java.util.Map;

/**
 * A sound model.
 *
 * @param files by their paths in the model's folder
 * @param open the path of what is opened; empty for the folder
 */
record Specimen(Family family, String name, Map<String, byte[]> files, String open) {
  Specimen {
    files = Map.copyOf(files);
  }

  @Override
  public String toString() {
    return family + " " + name;
  }
}
