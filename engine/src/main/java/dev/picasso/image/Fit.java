package dev.picasso.image;

/** How a picture of any shape is brought to the shape that the model takes. */
public sealed interface Fit {
  /** The picture is squeezed to the size; its shape changes, nothing is lost. */
  record Stretch() implements Fit {
    @Override
    public Placement place(int width, int height, int modelWidth, int modelHeight) {
      return new Placement(new Window(0, 0, width, height), modelWidth, modelHeight, 0, 0);
    }
  }

  /**
   * The shorter side becomes so many pixels, then the middle is cut out: torchvision's {@code
   * Resize} and {@code CenterCrop}. A margin that the picture does not reach is black.
   */
  record CentreCrop(int shorterSide) implements Fit {
    public CentreCrop {
      Preprocessing.requireSide("the shorter side before the crop", shorterSide);
    }

    @Override
    public Placement place(int width, int height, int modelWidth, int modelHeight) {
      // torchvision truncates the longer side and rounds the crop's corner half to even.
      int shorter = Math.min(width, height);
      long w = width <= height ? shorterSide : (long) shorterSide * width / shorter;
      long h = height <= width ? shorterSide : (long) shorterSide * height / shorter;
      return new Placement(
          new Window(0, 0, width, height),
          w,
          h,
          (long) Math.rint((w - modelWidth) / 2.0),
          (long) Math.rint((h - modelHeight) / 2.0));
    }
  }

  /**
   * The largest part in the middle that has the model's shape, resized: Keras' {@code
   * crop_to_aspect_ratio}, Teachable Machine.
   */
  record Cover() implements Fit {
    @Override
    public Placement place(int width, int height, int modelWidth, int modelHeight) {
      int w = (int) Math.max(1, Math.min(width, (long) height * modelWidth / modelHeight));
      int h = (int) Math.max(1, Math.min(height, (long) width * modelHeight / modelWidth));
      Window part = new Window((width - w) / 2, (height - h) / 2, w, h);
      return new Placement(part, modelWidth, modelHeight, 0, 0);
    }
  }

  /**
   * The whole picture in its own shape, with margins.
   *
   * @param margin the grey of the margins, 0 to 255
   */
  record Letterbox(int margin) implements Fit {
    public Letterbox {
      if (margin < 0 || margin > 255) {
        throw new IllegalArgumentException(
            "the margin's grey is " + margin + "; it must be between 0 and 255");
      }
    }

    @Override
    public Placement place(int width, int height, int modelWidth, int modelHeight) {
      double scale = Math.min((double) modelWidth / width, (double) modelHeight / height);
      long w = Math.max(1, Math.round(width * scale));
      long h = Math.max(1, Math.round(height * scale));
      Window all = new Window(0, 0, width, height);
      return new Placement(all, w, h, -((modelWidth - w) / 2), -((modelHeight - h) / 2));
    }
  }

  /** The grey of what no pixel of the picture reaches. */
  default int margin() {
    return 0;
  }

  /** Where the pixels of the model come from. */
  Placement place(int width, int height, int modelWidth, int modelHeight);
}
