// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how often in a row the process ended while a jar was starting, for example by {@code System.exit} in its
 * activator. Each unfinished start has a file {@code data/deploy/NAME.starting} with the jar's hash and the number of
 * earlier ends. It survives the process, and is deleted when the start returns.
 */
final class StartMarks {

    private static final Logger LOG = LoggerFactory.getLogger(StartMarks.class);
    private static final int MOST_ENDS = 2;
    private static final String MARK = ".starting";
    private static final String KEPT = ".kept";

    private final Path directory;
    /** Starts of this process that have not returned. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    StartMarks(Path directory) {
        this.directory = directory;
    }

    /** Marks a start. Returns false if the process has ended too often in it. */
    boolean begin(String name, String hash) {
        int ends = ends(name, hash);
        if (ends >= MOST_ENDS) {
            return false;
        }
        begun.add(name);
        try {
            Files.createDirectories(directory);
            Files.writeString(mark(name), hash + " " + ends);
        } catch (IOException e) {
            LOG.warn(
                    "Cannot record the start of deploy/{} ({}): a host exit during this start will not count"
                            + " against the bundle",
                    name,
                    e.toString());
        }
        return true;
    }

    static DeployOutcome quarantined(String hash) {
        return DeployOutcome.refused(
                "it is quarantined: the host exited " + MOST_ENDS
                        + " times in a row while the jar started, for example by System.exit (sha-256 " + hash + ")",
                "copy a build that does not end the host; to retry this build, delete the jar and copy it again");
    }

    /**
     * Deletes the mark because the start has returned, with any result, or because the process ends for another
     * reason.
     */
    void end(String name) {
        if (begun.remove(name)) {
            forget(name);
        }
    }

    /** Returns the mark's name for the previous jar of a file, whose start ends before that of its successor begins. */
    static String kept(String name) {
        return name + KEPT;
    }

    /** Deletes the marks of a deleted file. */
    void forget(String name) {
        try {
            Files.deleteIfExists(mark(name));
        } catch (IOException e) {
            LOG.warn("Cannot delete {}: {}", mark(name), e.toString());
        }
    }

    /** Returns how often in a row the process has ended in a start of this jar. */
    private int ends(String name, String hash) {
        if (begun.contains(name)) {
            return 0;
        }
        try {
            String[] mark = Files.readString(mark(name)).split(" ");
            return mark[0].equals(hash) ? Integer.parseInt(mark[1]) + 1 : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            LOG.warn("Cannot read {} ({}): the jar is started", mark(name), e.toString());
            return 0;
        }
    }

    /** Returns the jar of a mark; the file's own name if it is not a mark. */
    static String jar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(MARK)
                ? name.substring(0, name.length() - MARK.length()).replaceFirst(KEPT + "$", "")
                : name;
    }

    private Path mark(String name) {
        return directory.resolve(name + MARK);
    }
}
