package dev.picasso.attribution;

import dev.picasso.image.Window;
import dev.picasso.model.InputSpec;

/** A method that hides one window of an image after another, all of about a size. */
public interface HidesWindows {
  /** One of them, in a model's input. */
  Window window(InputSpec input);

  /** Whether only what changes is computed. */
  RegionUse regions();

  /** How much of a side of each layer's map is computed at most, as a share. */
  double share();
}
