package com.example;

import dev.picasso.PicassoException;
import dev.picasso.attribution.cam.GradCam;
import dev.picasso.image.Prediction;
import dev.picasso.run.Explanation;
import dev.picasso.run.Picasso;
import java.nio.file.Path;

/** Explains one picture: the classes on the terminal, the maps in a folder. */
public final class Explain {
  private Explain() {}

  /** Takes a model, a picture and a folder. */
  public static void main(String[] arguments) {
    try (Picasso picasso = Picasso.open(Path.of(arguments[0]))) {
      Explanation explanation = picasso.top(3).explain(Path.of(arguments[1]), new GradCam());
      for (Prediction p : explanation.predictions()) {
        System.out.println(p.label() + " " + p.probability());
      }
      explanation.write(Path.of(arguments[2]), "map");
    } catch (PicassoException e) {
      System.err.println(e.getMessage()); // what is wrong, and what to do
      System.exit(2);
    }
  }
}
