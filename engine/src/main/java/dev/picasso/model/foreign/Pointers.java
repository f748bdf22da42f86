package dev.picasso.model.foreign;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lies in a file's place when the file itself did not come. */
final class Pointers {
  private static final Pattern SIZE = Pattern.compile("(?m)^size (\\d{1,18})\\s*$");
  private static final Pattern MODEL =
      Pattern.compile(
          ".*\\.(h5|hdf5|keras|onnx|onnx_data|pb|pbtxt|tflite|meta|index|bin|pt|pth|ckpt|safetensors"
              + "|caffemodel|mlmodel|data-\\d{5}-of-\\d{5})");

  private Pointers() {}

  static List<Kind> kinds() {
    return List.of(
        new Kind(s -> s.text().startsWith("version https://git-lfs"), Pointers::largeFile),
        new Kind(
            s -> s.text().startsWith("/annex/objects/") || s.text().startsWith("../.git/annex/"),
            s ->
                said(
                    s,
                    "a pointer of git-annex, not the file",
                    "Get the file in the repository with\n  git annex get "
                        + s.path().getFileName())),
        new Kind(
            Pointers::isPage,
            s ->
                said(
                    s,
                    "a web page, not a model: what came is the page that shows the file, or an"
                        + " error",
                    "Download the file itself: on GitHub by \"Download raw file\", on Hugging Face"
                        + " with /resolve/ in place of /blob/ in the address.")),
        new Kind(
            s -> s.text().stripLeading().startsWith("<?xml") && s.has("<Error>") && s.has("<Code>"),
            s ->
                said(
                    s,
                    "the error message of a server, not a model",
                    "Download the file once more; the file shows what the server said.")));
  }

  private static ForeignFile largeFile(Sample s) {
    Matcher size = SIZE.matcher(s.text());
    return said(
        s,
        "a pointer of Git LFS, not the file"
            + (size.find() ? ", which has " + size.group(1) + " bytes" : ""),
        "Get the file in the repository with\n  git lfs install\n  git lfs pull\n"
            + "or download it from the repository's page.");
  }

  private static boolean isPage(Sample s) {
    String start = s.text().replaceFirst("^\u00EF\u00BB\u00BF", "").stripLeading();
    return start.regionMatches(true, 0, "<!doctype html", 0, 14)
        || start.regionMatches(true, 0, "<html", 0, 5);
  }

  /** In the place of a model it is one that is missing; in the place of other files it is not. */
  private static ForeignFile said(Sample s, String what, String remedy) {
    return new ForeignFile(what, remedy, MODEL.matcher(s.name()).matches());
  }
}
