package dev.picasso.run;

import dev.picasso.visualization.OtherModels;

/** Models beside the one that is explained that know which they are. */
public interface KnownModels extends OtherModels {
  /**
   * Which model that is, whatever it is called.
   *
   * @throws dev.picasso.PicassoException if there is none of that name, or it cannot be loaded
   */
  Provenance.OfModel identity(String name);
}
