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

/** What is kept of runs while they last, in {@code data/exec}: a directory for each host's process, and in it those of the runs. */
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

    /** Names the instance; another one in a copy of the directory has another name. */
    String owner() throws IOException {
        Path file = root.resolve("owner");
        if (!Files.exists(file)) {
            Files.createDirectories(root, PRIVATE);
            OwnFile.replace(file, UUID.randomUUID().toString());
        }
        String seed = Files.readString(file) + root.toRealPath();
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The new, empty directory of a run. */
    Path create(ProcessMark mark, String run) throws IOException {
        Path directory = root.resolve(mark.host()).resolve(run.replace(':', '-'));
        Files.createDirectories(directory.getParent(), PRIVATE);
        return Files.createDirectory(directory, PRIVATE);
    }

    /** Writes down which process a run has begun, beside its directory. */
    void record(Path directory, ProcessMark mark, ProcessHandle process) throws IOException {
        Files.writeString(record(directory), new RecordedProcess(mark.owner(), process).text());
    }

    private static Path record(Path directory) {
        return directory.resolveSibling(directory.getFileName() + RECORD);
    }

    /** Writes down where this host makes cgroups: the next one may be in another. */
    void keepCgroup(ProcessMark mark, Path parent) throws IOException {
        Path host = Files.createDirectories(root.resolve(mark.host()), PRIVATE);
        Files.writeString(host.resolve(CGROUP), parent.toString());
    }

    /** Returns where earlier hosts of the instance have made cgroups. */
    Set<Path> cgroups(ProcessMark mark) {
        Set<Path> cgroups = new HashSet<>();
        for (Path host : earlier(mark)) {
            for (Path file : list(host, CGROUP)) {
                try {
                    cgroups.add(Path.of(Files.readString(file)));
                } catch (IOException e) {
                    LOG.warn("{} cannot be read ({}): processes of commands may be left", file, e.toString());
                }
            }
        }
        return cgroups;
    }

    /** The processes that earlier hosts of the instance have written down, and that still live. */
    Set<ProcessHandle> recorded(ProcessMark mark) {
        Set<ProcessHandle> recorded = new HashSet<>();
        for (Path host : earlier(mark)) {
            for (Path file : list(host, "*" + RECORD)) {
                try {
                    RecordedProcess.living(Files.readString(file), mark.owner()).ifPresent(recorded::add);
                } catch (IOException e) {
                    LOG.warn("{} cannot be read ({}): its process may be left", file, e.toString());
                }
            }
        }
        return recorded;
    }

    /** Removes what earlier hosts have left. */
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
            LOG.debug("Nothing was kept yet: {}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("{} cannot be listed ({})", directory, e.toString());
        }
        return files;
    }

    /** Removes a run's directory and what is written down of it. */
    void remove(Path directory) {
        delete(directory);
        delete(record(directory));
    }

    /** With all that is in it, and nothing that links lead to. */
    private static void delete(Path position) {
        try {
            Files.walkFileTree(position, new Removal());
        } catch (NoSuchFileException e) {
            LOG.debug("{} is gone already", position);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed ({}): remove it by hand", position, e.toString());
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Files.setPosixFilePermissions(directory, OURS_ALONE); // a program may have closed it
            return FileVisitResult.CONTINUE;
        }

        /** A directory is opened before its visit, so one that a program has closed comes here. */
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
