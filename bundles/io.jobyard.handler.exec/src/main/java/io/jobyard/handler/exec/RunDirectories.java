// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.settings.api.OwnFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of current runs in {@code data/exec}: a directory for each host process, which contains the directories of its
 * runs.
 */
final class RunDirectories {

    static final String RECORD = ".pid";
    private static final String CGROUP = "cgroup";

    private static final Logger LOG = LoggerFactory.getLogger(RunDirectories.class);
    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(OURS_ALONE);

    private final Path root;

    RunDirectories(Path data) {
        root = data.resolve("exec");
    }

    /** Returns the instance's name. A copy of the instance has another name. */
    String owner() throws IOException {
        Path file = root.resolve("owner");
        if (!Files.exists(file)) {
            Files.createDirectories(root, PRIVATE);
            OwnFile.replace(file, UUID.randomUUID().toString());
        }
        String seed = Files.readString(file) + root.toRealPath();
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Creates an empty directory for a run. */
    Path create(ProcessMark mark, String run) throws IOException {
        Path directory = root.resolve(mark.host()).resolve(run.replace(':', '-'));
        Files.createDirectories(directory.getParent(), PRIVATE);
        return Files.createDirectory(directory, PRIVATE);
    }

    /** Records the process of a run, next to the run's directory. */
    void record(Path directory, ProcessMark mark, ProcessHandle process) throws IOException {
        Files.writeString(record(directory), new RecordedProcess(mark.owner(), process).text());
    }

    private static Path record(Path directory) {
        return directory.resolveSibling(directory.getFileName() + RECORD);
    }

    /** Records where this host creates cgroups, because the next host may use another cgroup. */
    void keepCgroup(ProcessMark mark, Path parent) throws IOException {
        Path host = Files.createDirectories(root.resolve(mark.host()), PRIVATE);
        Files.writeString(host.resolve(CGROUP), parent.toString());
    }

    /** Returns where earlier hosts of the instance created cgroups. */
    Set<Path> cgroups(ProcessMark mark) {
        Set<Path> cgroups = new HashSet<>();
        for (Path host : earlier(mark)) {
            for (Path file : list(host, CGROUP)) {
                try {
                    cgroups.add(Path.of(Files.readString(file)));
                } catch (IOException e) {
                    LOG.warn("Cannot read {} ({}): command processes may keep running", file, e.toString());
                }
            }
        }
        return cgroups;
    }

    /** Returns the living processes that earlier hosts of the instance recorded. */
    Set<ProcessHandle> recorded(ProcessMark mark) {
        Set<ProcessHandle> recorded = new HashSet<>();
        for (Path host : earlier(mark)) {
            for (Path file : list(host, "*" + RECORD)) {
                try {
                    RecordedProcess.living(Files.readString(file), mark.owner()).ifPresent(recorded::add);
                } catch (IOException e) {
                    LOG.warn("Cannot read {} ({}): its process may keep running", file, e.toString());
                }
            }
        }
        return recorded;
    }

    /** Removes the files of earlier hosts. */
    void removeEarlier(ProcessMark mark) {
        earlier(mark).forEach(RunDirectories::delete);
    }

    private List<Path> earlier(ProcessMark mark) {
        return list(root, "*").stream()
                .filter(Files::isDirectory)
                .filter(host -> !host.getFileName().toString().equals(mark.host()))
                .toList();
    }

    private static List<Path> list(Path directory, String glob) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            found.forEach(files::add);
        } catch (NoSuchFileException e) {
            LOG.debug("No runs recorded yet: {}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("Cannot list {} ({})", directory, e.toString());
        }
        return files;
    }

    /** Removes a run's directory and records. */
    void remove(Path directory) {
        delete(directory);
        delete(record(directory));
    }

    /** Deletes a directory and its contents, without following links. */
    private static void delete(Path position) {
        try {
            Files.walkFileTree(position, new Removal());
        } catch (NoSuchFileException e) {
            LOG.debug("{} is already deleted", position);
        } catch (IOException e) {
            LOG.warn("Cannot remove {} ({}): remove it manually", position, e.toString());
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Files.setPosixFilePermissions(directory, OURS_ALONE); // a program may have removed the permission
            return FileVisitResult.CONTINUE;
        }

        /** Handles a directory whose permission a program has removed: it cannot be opened, so the visit fails here. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(file)) {
                throw e;
            }
            Files.setPosixFilePermissions(file, OURS_ALONE);
            if (!Files.isReadable(file)) {
                throw e;
            }
            Files.walkFileTree(file, this);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
