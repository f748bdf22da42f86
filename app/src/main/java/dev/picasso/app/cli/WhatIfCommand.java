package dev.picasso.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.app.cli.WhatIfParts.Instead;
import dev.picasso.app.cli.WhatIfParts.Part;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.perturbation.WhatIf;
import dev.picasso.image.Boxes;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.Window;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picasso what-if}: what a model says of images with a part of them changed. */
@Command(
    name = "what-if",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints the most probable classes of images before and after a part is hidden, or holds a"
          + " piece of another picture.",
      "Of several parts each is changed alone. A class that becomes the most probable one is shown"
          + " too. Boxes are in pixels of the picture; the model's input is covered where the part"
          + " lies in it."
    },
    footer = {
      "",
      "A box:    picasso what-if model.h5 photo.jpg --box 120,80,48,48",
      "A shape:  picasso what-if model.h5 photo.jpg --mask dog.png --fill blur",
      "A piece:  picasso what-if model.h5 photo.jpg --box 20,30,48,48 --paste b.jpg",
      "Exit code: 0 if every image has its result, 2 if some have not or something given was wrong,"
          + " 1 for a fault in Picasso."
    })
final class WhatIfCommand implements Callable<Integer> {
  @Mixin private ImageArguments given = new ImageArguments();

  @ArgGroup(exclusive = false, multiplicity = "1")
  private WhatIfParts parts = new WhatIfParts();

  @Option(
      names = "--fill",
      paramLabel = "FILL",
      description =
          "What hides: grey, black, white, mean (of the picture), blur or noise; or a number as the"
              + " model is fed with it. Default: ${DEFAULT-VALUE}.")
  private String fill = "grey";

  @Option(
      names = "--paste",
      paramLabel = "FILE",
      description =
          "Another picture, of which a piece is put into the boxes instead, resized to each: what"
              + " lies there where the box lies, or --piece.")
  private Optional<Path> paste = Optional.empty();

  @Option(
      names = "--piece",
      paramLabel = "LEFT,TOP,WIDTH,HEIGHT",
      description = "Which piece of it, in pixels of the other picture.")
  private Optional<String> piece = Optional.empty();

  @Mixin private TopOption top = new TopOption();

  @Option(names = "--json", description = "Prints JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What was told of one image. */
  private record Told(ImageInput image, Predictions before, List<Predictions> after) {}

  @Override
  public Integer call() throws JsonProcessingException {
    List<Part> hidden = parts.all();
    Instead instead = instead();
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table();
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    boolean failed = false;
    try (ReadyModel model = given.ready()) {
      List<Path> files = given.files(model.configured());
      given.printNotes(model, err);
      int shown = top.of(model.configured());
      boolean probabilities = model.model().scores().areProbabilities();
      for (GivenImage file : GivenImage.all(files)) {
        try {
          Told told = told(model, file, hidden, instead);
          if (table.isEmpty()) {
            String noun = probabilities ? "probability" : "value";
            String kind = model.model().targetNoun();
            table.row("image", parts.noun(), noun, "hidden", "change", kind, "label");
          }
          all.add(add(model, told, hidden, shown, table));
        } catch (MachineException e) {
          throw e;
        } catch (PicassoException e) {
          String problem = String.valueOf(e.getMessage());
          all.addObject().put("image", file.name()).put("problem", problem);
          err.println(problem.contains(file.name()) ? problem : file.name() + ": " + problem);
          failed = true;
        }
      }
    }
    if (json) {
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      paste.ifPresentOrElse(
          file -> whole.put("paste", file.toString()), () -> whole.put("fill", fill));
      whole.set("images", all);
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(whole));
    } else {
      table.print(out);
    }
    out.flush();
    return failed ? ExitCode.USAGE : ExitCode.OK;
  }

  /** What is in the parts instead. */
  private Instead instead() {
    if (paste.isEmpty() && piece.isPresent()) {
      throw new PicassoException("--piece is of another picture: say which, with --paste FILE.");
    }
    if (paste.isEmpty()) {
      WhatIf.requireFill(fill);
      return new WhatIfParts.Hidden(fill);
    }
    DecodedImage other = ImageDecoder.standard().decode(paste.get());
    Optional<Window> cut = piece.map(Boxes::parse);
    cut.ifPresent(
        p -> Boxes.requireInside(p, paste.get().toString(), other.width(), other.height()));
    return new WhatIfParts.Pasted(other, cut);
  }

  private Told told(ReadyModel model, GivenImage file, List<Part> hidden, Instead instead) {
    ImageInput image = model.prepare(file.read(new Stop()).image());
    Images x = Images.of(image.prepared().x(), model.input().preprocessor());
    WhatIf whatIf = WhatIf.of(model.explainer(), x);
    List<Predictions> after =
        hidden.stream().map(part -> instead.tell(whatIf, image, part)).toList();
    return new Told(image, whatIf.before(), after);
  }

  private static ObjectNode add(
      ReadyModel model, Told told, List<Part> hidden, int shown, Table table) {
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("image", told.image().name());
    ArrayNode each = result.putArray("boxes");
    for (int i = 0; i < hidden.size(); i++) {
      Predictions before = told.before();
      Predictions after = told.after().get(i);
      Part part = hidden.get(i);
      Set<Integer> classes = new LinkedHashSet<>(before.told(model.model(), 0, shown));
      classes.addAll(after.told(model.model(), 0, 1));
      ObjectNode one = each.addObject();
      part.describe(one);
      ArrayNode rows = one.putArray("classes");
      for (int target : classes) {
        float was = before.probability(0, target);
        float is = after.probability(0, target);
        String label = model.model().label(target);
        table.row(
            told.image().name(),
            part.words(),
            Table.number(was),
            Table.number(is),
            signed(is - was),
            String.valueOf(target),
            label);
        ObjectNode row = rows.addObject().put("index", target).put("label", label);
        row.set("probability", ResultJson.value((double) was));
        row.set("hidden", ResultJson.value((double) is));
        row.set("score", ResultJson.value((double) before.score(0, target)));
        row.set("hiddenScore", ResultJson.value((double) after.score(0, target)));
      }
    }
    return result;
  }

  private static String signed(double change) {
    String number = Table.number(Math.abs(change));
    return number.equals("0.000") ? number : (change < 0 ? "-" : "+") + number;
  }
}
