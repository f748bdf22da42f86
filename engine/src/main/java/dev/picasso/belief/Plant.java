package dev.picasso.belief;

/**
 * A patch in a picture that the model was found to depend on.
 *
 * @param patch with the picture that it lies on
 * @param target the class that it makes more probable
 * @param before the class's probability without it
 * @param with the class's probability with it
 * @param hidden the class's probability with a square of the picture's mean colour in its place
 * @param alone the class's probability with the patch on nothing but that colour: low where the
 *     patch acts only together with the rest of the picture, which is then a reason too
 */
record Plant(Patch patch, int target, double before, double with, double hidden, double alone) {
  /**
   * What the patch itself does, whatever it covers: how far the probability is above both others.
   */
  double effect() {
    return with - Math.max(before, hidden);
  }

  /** Whether the patches have more than the half of their area in common. */
  boolean overlaps(Plant other) {
    int side = patch.where().width();
    int across = side - Math.abs(patch.where().left() - other.patch.where().left());
    int down = side - Math.abs(patch.where().top() - other.patch.where().top());
    return across > 0 && down > 0 && 2 * across * down > side * side;
  }
}
