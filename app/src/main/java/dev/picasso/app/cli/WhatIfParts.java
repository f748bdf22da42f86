package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.perturbation.WhatIf;
import dev.picasso.image.Boxes;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.Window;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.image.segments.Mask;
import dev.picasso.image.segments.MaskPicture;
import dev.picasso.image.segments.SeenMask;
import dev.picasso.visualization.ImageInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which parts of images are changed, for {@code what-if}. */
final class WhatIfParts {
  @Option(
      names = "--box",
      paramLabel = "LEFT,TOP,WIDTH,HEIGHT",
      description = "A box, in pixels of the picture; once for each.")
  private List<String> boxes = new ArrayList<>();

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description =
          "A part of any shape: a picture that is white where it is, or transparent where it is"
              + " not. It lies over the whole picture, whatever its size; once for each.")
  private List<Path> masks = new ArrayList<>();

  /** One part, and what it is called. */
  sealed interface Part {
    String words();

    /** What it is, for programs. */
    void describe(ObjectNode json);
  }

  /** A box, in pixels of the picture. */
  record Box(Window window) implements Part {
    @Override
    public String words() {
      return Boxes.words(window);
    }

    @Override
    public void describe(ObjectNode json) {
      json.putObject("box")
          .put("left", window.left())
          .put("top", window.top())
          .put("width", window.width())
          .put("height", window.height());
    }

    /** The box as far as the model sees it. */
    private Window seen(ImageInput image) {
      Boxes.requireInside(
          window, image.name(), image.original().width(), image.original().height());
      Window seen = Boxes.seen(window, image.prepared().frame());
      if (seen.width() == 0) {
        throw unseen(image, "the box " + words());
      }
      return seen;
    }
  }

  /** A part of any shape. */
  record Painted(Path file, Mask mask) implements Part {
    @Override
    public String words() {
      return String.valueOf(file.getFileName());
    }

    @Override
    public void describe(ObjectNode json) {
      json.put("mask", file.toString());
    }

    private Mask seen(ImageInput image) {
      Mask seen = SeenMask.of(mask, image.prepared().frame());
      if (seen.area() == 0) {
        throw unseen(image, file.toString());
      }
      return seen;
    }
  }

  private static PicassoException unseen(ImageInput image, String part) {
    return new PicassoException(
        "%s: the model sees nothing of %s, which lies where the picture is cut off or is too small."
            .formatted(image.name(), part));
  }

  /**
   * The parts, boxes first.
   *
   * @throws PicassoException if one is no box or no mask
   */
  List<Part> all() {
    ImageDecoder decoder = ImageDecoder.standard();
    Stream<Part> drawn = boxes.stream().map(text -> new Box(Boxes.parse(text)));
    Stream<Part> painted =
        masks.stream().map(file -> new Painted(file, MaskPicture.read(decoder.decode(file))));
    return Stream.concat(drawn, painted).toList();
  }

  /** What a table calls them. */
  String noun() {
    return masks.isEmpty() ? "box" : "part";
  }

  /** What is there instead. */
  sealed interface Instead {
    /**
     * What the model says.
     *
     * @throws PicassoException if the part is not of the picture, or the model does not see it
     */
    Predictions tell(WhatIf whatIf, ImageInput image, Part part);
  }

  /** A fill hides the part. */
  record Hidden(String fill) implements Instead {
    @Override
    public Predictions tell(WhatIf whatIf, ImageInput image, Part part) {
      return part instanceof Painted painted
          ? whatIf.hiding(painted.seen(image), fill)
          : whatIf.hiding(((Box) part).seen(image), fill);
    }
  }

  /** A piece of another picture; what lies where the box does, if none is told. */
  record Pasted(DecodedImage other, Optional<Window> piece) implements Instead {
    @Override
    public Predictions tell(WhatIf whatIf, ImageInput image, Part part) {
      if (!(part instanceof Box box)) {
        throw new PicassoException("--paste puts a picture into a --box, not into a --mask.");
      }
      Window unused = box.seen(image);
      return whatIf.pasting(
          Boxes.inInput(box.window(), image.prepared().frame()),
          other,
          piece.orElseGet(
              () ->
                  Boxes.in(
                      box.window(), image.original().width(), image.original().height(), other)));
    }
  }
}
