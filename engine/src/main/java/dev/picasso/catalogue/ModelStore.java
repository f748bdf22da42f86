package dev.picasso.catalogue;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The models of a catalogue on this machine: a folder each, which every command takes where it
 * takes a model.
 *
 * @param folder holds the folders of the models; made when the first is pulled
 */
public record ModelStore(Catalogue catalogue, Path folder, Downloader downloader) {
  /** The known models, in the folder for the user's data. */
  public static ModelStore standard() {
    return new ModelStore(Catalogue.standard(), DataFolder.models(), Downloader.standard());
  }

  /** Where a model lies, or would. */
  public Path folder(CatalogueEntry entry) {
    return folder.resolve(entry.name());
  }

  /** Whether a model is here and complete. */
  public boolean has(CatalogueEntry entry) {
    return folderOf(entry).isComplete();
  }

  /** The models that are here. */
  public List<CatalogueEntry> pulled() {
    return catalogue.entries().stream().filter(this::has).toList();
  }

  private PulledFolder folderOf(CatalogueEntry entry) {
    return new PulledFolder(entry, folder(entry));
  }

  /**
   * Makes sure that a model is here. Files that are, with the right checksum, are not downloaded
   * again; a configuration that a person has changed stays as it is while they are the same. Two at
   * once wait for each other.
   *
   * @return its folder
   * @throws DownloadException if a file cannot be had
   * @throws PullCancelledException if the listener stops it
   */
  public Path pull(CatalogueEntry entry, PullListener listener) {
    Path place = folder(entry);
    try {
      Files.createDirectories(place);
      new FolderLock(folder.resolve("." + entry.name() + ".lock"))
          .alone(
              listener,
              () -> {
                requireRoom(entry, place);
                boolean changed = fetchAll(entry, place, listener);
                if (changed || !has(entry)) {
                  folderOf(entry).write();
                }
              });
      return place;
    } catch (IOException e) {
      throw new PicassoException(
          place
              + ": cannot be written ("
              + e.getMessage()
              + "). "
              + DataFolder.VARIABLE
              + " may name another folder.",
          e);
    }
  }

  private boolean fetchAll(CatalogueEntry entry, Path place, PullListener listener) {
    boolean changed = false;
    long before = 0;
    for (RemoteFile file : entry.files()) {
      listener.progress(before, entry.size());
      changed |= downloader.fetch(file, place, new OfAll(listener, before, entry.size()));
      before += file.size();
    }
    listener.progress(entry.size(), entry.size());
    return changed;
  }

  /** One file's progress as a part of all files'. */
  private record OfAll(PullListener all, long before, long size) implements PullListener {
    @Override
    public void progress(long bytes, long of) {
      all.progress(before + bytes, size);
    }

    @Override
    public boolean cancelled() {
      return all.cancelled();
    }
  }

  /** Better said now than after half a gigabyte. */
  private static void requireRoom(CatalogueEntry entry, Path place) throws IOException {
    long missing = 0;
    for (RemoteFile file : entry.files()) {
      Path whole = place.resolve(file.name());
      Path part = place.resolve(file.name() + ".part");
      long there = Files.exists(whole) ? file.size() : Files.exists(part) ? Files.size(part) : 0;
      missing += Math.max(0, file.size() - there);
    }
    long room = Files.getFileStore(place).getUsableSpace();
    if (missing > room) {
      throw new PicassoException(
          "%s needs %s, and there are %s left for %s. %s may name another folder."
              .formatted(
                  entry.name(),
                  Words.bytes(missing),
                  Words.bytes(room),
                  place,
                  DataFolder.VARIABLE));
    }
  }
}
