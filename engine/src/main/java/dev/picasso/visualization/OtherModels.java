package dev.picasso.visualization;

import dev.picasso.PicassoException;
import java.util.function.Function;

/** The models beside the one that is explained, for what compares them. */
public interface OtherModels {
  /** There are none. */
  OtherModels NONE =
      new OtherModels() {
        @Override
        public <R> R use(String name, Function<ReadyModel, R> work) {
          throw new PicassoException(
              "There is no model " + name + " here; one model is opened at a time.");
        }
      };

  /** What is seen from another input of a model, beside an image, is there for that model only. */
  OtherModels BESIDE_AN_IMAGE =
      new OtherModels() {
        @Override
        public <R> R use(String name, Function<ReadyModel, R> work) {
          throw new PicassoException(
              "Models are compared by the input that images go into alone; "
                  + name
                  + " stays out.");
        }
      };

  /**
   * Works with a model, which stays open as long.
   *
   * @param name as people call it here: an id on the page, a file on the command line
   * @throws PicassoException if there is none, or it cannot be loaded
   */
  <R> R use(String name, Function<ReadyModel, R> work);
}
