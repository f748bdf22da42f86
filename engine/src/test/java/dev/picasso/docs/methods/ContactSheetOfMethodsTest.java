package dev.picasso.docs.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.docs.Section;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Blending;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.ContactSheet;
import dev.picasso.image.draw.Display;
import dev.picasso.image.draw.Drawing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import org.junit.jupiter.api.Test;

/**
 * All methods on photographs, side by side, in docs/images. With {@code -Dpicasso.write-docs} it is
 * drawn anew, in a quarter of an hour.
 */
class ContactSheetOfMethodsTest {
  private static final Path SHEET = Path.of("../docs/images/methods.jpg");
  private static final int CELL = 110;
  private static final float QUALITY = .72f;

  /** Six are enough to see what a method does, and take two thirds of the time. */
  private static final List<String> PHOTOGRAPHS =
      List.of(
          "bird.bmp", "bird_segmentation.bmp", "cat.bmp", "dragonfly.bmp", "owl.jpg", "pets.jpg");

  /** Small pictures of the few methods that are quick show that sheets can be drawn. */
  @Test
  void aSheetHasARowForEachMethodThatApplies() {
    try (Network network = Network.load()) {
      List<Attribution> two =
          List.of(Methods.builtIn().get("grad-cam"), Methods.builtIn().get("attention-relevance"));
      Canvas sheet = sheet(network, two, List.of("cat.bmp"));
      assertThat(sheet.height()).isBetween(2 * CELL, 3 * CELL);
    }
  }

  @Test
  void theSheetIsDrawnAnew() throws IOException {
    if (Section.isWriting()) {
      try (Network network = Network.load()) {
        write(sheet(network, Methods.builtIn().all(), PHOTOGRAPHS).image());
      }
    }
    BufferedImage sheet = ImageIO.read(SHEET.toFile());
    assertThat(sheet.getHeight()).isGreaterThan(20 * CELL);
  }

  /** A row for each method and a column for each photograph. */
  private static Canvas sheet(Network network, List<Attribution> methods, List<String> names) {
    Map<String, List<Canvas>> rows = new TreeMap<>();
    List<Canvas> originals = new ArrayList<>();
    List<String> heads = new ArrayList<>();
    for (String name : names) {
      Trial trial = Trial.of(network.model(), TestData.require("images/" + name));
      originals.add(trial.image().drawing().original());
      heads.add(trial.label());
      for (Attribution method : methods) {
        long start = System.nanoTime();
        drawn(trial, Fewer.ENOUGH_TO_SEE.of(method))
            .ifPresent(d -> rows.computeIfAbsent(method.id(), id -> new ArrayList<>()).add(d));
        System.err.println(name + " " + method.id() + " " + (System.nanoTime() - start) / 1000000);
      }
    }
    List<ContactSheet.Row> all = new ArrayList<>();
    all.add(new ContactSheet.Row("", originals));
    rows.forEach((id, pictures) -> all.add(new ContactSheet.Row(id, pictures)));
    return new ContactSheet(CELL, heads, all).draw();
  }

  /** A map as the page shows it by default: maps of pixels alone, those of places by strength. */
  private static Optional<Canvas> drawn(Trial trial, Attribution method) {
    Optional<Maps> found = trial.maps(method);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    HeatMap map = trial.fine(method, found.get());
    boolean ofPixels = found.get().frame() == Maps.Frame.INPUT;
    boolean signed =
        found.get().signed() && (!ofPixels || method.reduction() == ChannelReduction.SUM);
    Display display =
        ofPixels ? Display.defaults().with(Blending.OVERLAY) : Display.defaults().withOpacity(.8);
    Drawing drawing = trial.image().drawing();
    return Optional.of(
        drawing.draw(map, display.scale(Collections.singletonList(map), signed), display));
  }

  private static void write(BufferedImage sheet) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(QUALITY);
    SHEET.toFile().delete();
    try (FileImageOutputStream out = new FileImageOutputStream(SHEET.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(sheet, null, null), how);
    } finally {
      writer.dispose();
    }
  }
}
