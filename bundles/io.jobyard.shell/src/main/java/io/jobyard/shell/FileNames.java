// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;

/** Completes file names, one directory at a time. */
final class FileNames {

    private static final int MOST = 1_000;
    /** Any other name would need quotes. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._@%+,=-]+");

    private FileNames() {}

    /** Returns the file names with this beginning. Hidden files need a dot at the beginning. */
    static List<Candidate> in(Path directory, String begun, boolean onlyDirectories) {
        String parent = begun.substring(0, begun.lastIndexOf('/') + 1);
        boolean hidden = begun.startsWith(".", parent.length());
        List<Candidate> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(parent))) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                boolean isDirectory = Files.isDirectory(file);
                if (PLAIN.matcher(name).matches()
                        && name.startsWith(".") == hidden
                        && (isDirectory || !onlyDirectories)
                        && found.size() < MOST) {
                    String shown = isDirectory ? name + "/" : name;
                    found.add(new Candidate(parent + shown, shown, null, null, null, null, !isDirectory));
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            return List.of(); // no candidates from an unreadable directory
        }
        return found;
    }
}
