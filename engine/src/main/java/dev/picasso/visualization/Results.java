package dev.picasso.visualization;

import java.util.List;

/** What came out, an entry for each image in the order in which they were given. */
public record Results(List<ImageResult> images) {
  public Results {
    images = List.copyOf(images);
  }
}
