// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import io.jobyard.api.handler.PermanentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Folder that a job may read, with its subfolders. Links are followed only within allowed folders. */
public final class Folder {

    /** Maximum number of bytes that a job reads in total. */
    static final int MOST_BYTES = 16_777_216;

    private final String name;
    private final Path real;
    private final AllowedFolders allowed;

    Folder(String name, Path real, AllowedFolders allowed) {
        this.name = name;
        this.real = real;
        this.allowed = allowed;
    }

    /**
     * Finds text files.
     *
     * @param glob patterns of paths relative to the folder, separated by commas
     * @return at least one file
     * @throws PermanentException if no file matches, or too many
     * @throws InterruptedException if the run must end
     */
    public FileList find(String glob) throws InterruptedException {
        try {
            FileList list = new FileSearch(this, real, Globs.of(glob)).find();
            if (list.files().isEmpty()) {
                throw new PermanentException("no text file in " + name + " matches glob = " + glob
                        + (list.skipped().isEmpty() ? "" : "; skipped: " + String.join("; ", list.skipped())));
            }
            return list;
        } catch (TooMuchException e) {
            throw new PermanentException("glob = " + glob + " matches too much in " + name + ": " + e.getMessage()
                    + "; narrow it, or use a subfolder");
        } catch (IOException e) {
            throw new PermanentException(
                    "folder = " + name + " is not readable (" + e.getClass().getSimpleName() + ")");
        }
    }

    /**
     * Returns the text of a found file.
     *
     * @throws PermanentException if it has changed
     */
    public String read(FoundFile file) {
        try {
            byte[] bytes = bytes(real.resolve(file.name()));
            if (file.has(bytes)) {
                return text(bytes);
            }
        } catch (NoSuchFileException e) {
            throw changed(file, "was deleted");
        } catch (IOException e) {
            throw changed(file, "is no longer readable");
        }
        throw changed(file, "was changed");
    }

    private PermanentException changed(FoundFile file, String how) {
        return new PermanentException(name + "/" + file.name() + " " + how
                + " after the job started: submit it again, and do not change the files while it runs");
    }

    boolean mayRead(Path path) throws IOException {
        return allowed.contains(path.toRealPath());
    }

    /** Opens only a regular file in an allowed folder, and reads no more than the maximum of a job. */
    byte[] bytes(Path path) throws IOException {
        Path file = path.toRealPath();
        if (!allowed.contains(file)) {
            throw new OutsideException();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return Channels.newInputStream(channel).readNBytes(MOST_BYTES + 1);
        }
    }

    /** @throws CharacterCodingException if the bytes are not UTF-8 */
    static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Exception for a link that leads out of the allowed folders. */
    static final class OutsideException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Thrown if the folder has more than a job may read. */
    static final class TooMuchException extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuchException(String message) {
            super(message);
        }
    }
}
