package dev.picasso.run;

/** Takes results as they come, image after image; nothing else keeps them. */
public interface Sink {
  /**
   * An image is explained, or at least another input beside it: then its own result has a problem.
   *
   * @throws dev.picasso.StoppedException to end the run
   * @throws dev.picasso.MachineException if it can take this one no more than any other
   * @throws dev.picasso.PicassoException if it cannot take this one, which then counts as failed
   */
  void explained(Explained explained);

  /**
   * An image has no results.
   *
   * @param image its name
   * @param problem why, in words
   */
  void failed(int index, String image, String problem);
}
