// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Containment that runs each run in its own cgroup (v2) below the host's cgroup. */
final class CgroupContainment implements ProcessContainment {

    private static final String PREFIX = "jobyard-";

    private final Path parent;
    private final ProcessMark mark;

    /** {@code parent}: the host's cgroup. */
    CgroupContainment(Path parent, ProcessMark mark) {
        this.parent = parent;
        this.mark = mark;
    }

    @Override
    public ProcessTree create(String run) throws IOException {
        Path cgroup = parent.resolve(PREFIX + mark.owner() + "-" + mark.host() + "-" + run.replace(':', '-'));
        return new CgroupTree(Files.createDirectory(cgroup));
    }

    @Override
    public String description() {
        return "each run has its own cgroup in " + parent;
    }

    @Override
    public Optional<String> gap() {
        return Optional.empty();
    }

    /**
     * Returns the cgroups in a directory that earlier hosts of the instance left behind, except those that contain this
     * host.
     */
    static List<ProcessTree> left(Path parent, ProcessMark mark, Optional<Path> own) throws IOException {
        List<ProcessTree> left = new ArrayList<>();
        String ours = PREFIX + mark.owner() + "-";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, ours + "*")) {
            for (Path each : all) {
                boolean isThisHosts = each.getFileName().toString().startsWith(ours + mark.host() + "-");
                if (!isThisHosts && own.filter(path -> path.startsWith(each)).isEmpty()) {
                    left.add(new CgroupTree(each));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of(); // removed with the last process in it
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return left;
    }
}
