package dev.picasso.attribution;

/** Kinds of methods, in the order in which people meet them. */
public enum Family {
  /** What the model does with whole pictures. */
  PREDICTION("Predictions"),
  /** The score's change with the pixels, and sums of it along paths. */
  GRADIENT("Gradients"),
  /** The score itself, led back and shared out from layer to layer. */
  RELEVANCE("Relevance propagation"),
  /** The channels of a layer, weighted. */
  ACTIVATION_MAP("Class activation maps"),
  /** Parts of the picture hidden, and what the model says then. */
  PERTURBATION("Perturbation"),
  /** Attention followed from block to block. */
  ATTENTION("Transformers"),
  /** What layers hold, and what drives them. */
  LAYER("Layers and features"),
  /** Whether other maps may be believed. */
  BELIEF("Checks");

  private final String title;

  Family(String title) {
    this.title = title;
  }

  /** For people, as in "Class activation maps". */
  public String title() {
    return title;
  }
}
