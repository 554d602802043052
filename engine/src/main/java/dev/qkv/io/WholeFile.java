package dev.qkv.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that are there whole or not at all: a program that is killed, a disk that is full,
 * or a machine that loses its power leaves a hidden draft at most, and what was there before.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param out takes it; is closed by the caller
     * @throws IOException if it cannot be written
     */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Text, in UTF-8.
   *
   * @param text what to write
   * @return the content; writing it fails if half a surrogate pair is in it
   */
  public static Content text(CharSequence text) {
    return out -> {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      out.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
    };
  }

  /**
   * Writes a file that is not there yet.
   *
   * @param file where to
   * @param content what
   * @throws FileAlreadyExistsException if it is there
   * @throws InvalidFile if it cannot be written
   * @throws IOException if the draft of what could not be written cannot be deleted
   */
  public static void create(Path file, Content content) throws IOException {
    write(file, content);
  }

  /**
   * Writes a file; at any moment there is the one before or the new one.
   *
   * @param file where to
   * @param content what
   * @throws InvalidFile if it cannot be written
   * @throws IOException if the draft of what could not be written cannot be deleted
   */
  public static void replace(Path file, Content content) throws IOException {
    // REPLACE_EXISTING would delete the old file first.
    write(file, content, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(Path file, Content content, CopyOption... options) throws IOException {
    // Not a temporary file: that nobody but its owner may read.
    String name =
        "." + file.getFileName() + "." + ProcessHandle.current().pid() + "." + System.nanoTime();
    Path draft = file.resolveSibling(name);
    try {
      writeDraft(draft, content);
      Files.move(draft, file, options);
      syncFolder(file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidFile(e, "file.write", file, reason(e));
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** The draft is on the disk before it gets its name, or the name could be that of nothing. */
  private static void writeDraft(Path draft, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
      content.write(out);
      out.flush();
      channel.force(true);
    }
  }

  /** The new name is on the disk as well. Not every system opens folders. */
  private static void syncFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole; only whether it outlives a loss of power is left to the system.
    }
  }

  private static String reason(IOException e) {
    // The message of a FileSystemException begins with the draft's name, which is nobody's.
    String said = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }
}
