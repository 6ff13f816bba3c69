// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Search for text files in a folder. For one use by one thread. */
final class FileSearch implements FileVisitor<Path> {

    static final int MOST_FILES = 1_000;
    private static final int MOST_LOOKED_AT = 100_000;
    private static final int DEEPEST = 50;

    private final Folder folder;
    private final Path real;
    private final Globs globs;
    private final Map<String, FoundFile> found = new TreeMap<>();
    private final List<String> skipped = new ArrayList<>();
    private int lookedAt;
    private long bytes;

    FileSearch(Folder folder, Path real, Globs globs) {
        this.folder = folder;
        this.real = real;
        this.globs = globs;
    }

    FileList find() throws IOException, InterruptedException {
        Files.walkFileTree(real, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, this);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while searching for files");
        }
        return new FileList(List.copyOf(found.values()), List.copyOf(skipped));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
        if (folder.mayRead(path)) {
            return next();
        }
        leaveOut(path, "it is a link to a place outside of the allowed folders");
        return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile() && globs.match(real.relativize(path))) {
            take(path);
        }
        return next();
    }

    private void take(Path path) throws IOException {
        if (found.size() + skipped.size() == MOST_FILES) {
            throw new Folder.TooMuchException("more than " + MOST_FILES + " files match");
        }
        try {
            byte[] content = folder.bytes(path);
            Folder.text(content);
            found.put(name(path), FoundFile.of(name(path), content));
            bytes += content.length;
        } catch (Folder.OutsideException e) {
            leaveOut(path, "it is a link to a place outside of the allowed folders");
        } catch (CharacterCodingException e) {
            leaveOut(path, "it is not UTF-8");
        } catch (IOException e) {
            leaveOut(path, "it is not readable");
        }
        if (bytes > Folder.MOST_BYTES) {
            throw new Folder.TooMuchException("the matching files contain more than " + Folder.MOST_BYTES + " bytes");
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException fault) throws IOException {
        if (path.equals(real)) {
            throw fault;
        }
        if (Files.isDirectory(path) || globs.match(real.relativize(path))) {
            leaveOut(path, "it is not readable");
        }
        return next();
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException fault) throws IOException {
        if (fault != null) {
            leaveOut(path, "it is not readable completely");
        }
        return next();
    }

    private void leaveOut(Path path, String why) {
        skipped.add(name(path) + ": " + why);
    }

    private String name(Path path) {
        return real.relativize(path).toString().replace(File.separatorChar, '/');
    }

    private FileVisitResult next() throws IOException {
        if (++lookedAt > MOST_LOOKED_AT) {
            throw new Folder.TooMuchException("more than " + MOST_LOOKED_AT + " files and folders");
        }
        return Thread.currentThread().isInterrupted() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
}
