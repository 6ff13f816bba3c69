// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cgroup with its nested cgroups. A process and all its children stay in it, whatever environment or parent they
 * have.
 */
final class CgroupTree implements ProcessTree {

    private static final Logger LOG = LoggerFactory.getLogger(CgroupTree.class);
    /**
     * The shell moves itself into the cgroup, then becomes the program. Exit status 75 means "try again". The unset
     * variables are those that the shell would add.
     */
    private static final String JOIN = "echo 0 > \"$0\" || exit 75; unset PWD OLDPWD SHLVL; exec \"$@\"";

    private final Path cgroup;
    private final Set<ProcessHandle> asked = new HashSet<>();
    private boolean hasFailed;

    CgroupTree(Path cgroup) {
        this.cgroup = cgroup;
    }

    @Override
    public List<String> wrap(List<String> line) {
        Stream<String> join = Stream.of(
                ProcessContainment.SHELL,
                "-c",
                JOIN,
                cgroup.resolve("cgroup.procs").toString());
        return Stream.concat(join, line.stream()).toList();
    }

    /** Does nothing, because the process already is in the cgroup. */
    @Override
    public void add(ProcessHandle process) {}

    @Override
    public boolean isEmpty() {
        try {
            return KernelFile.read(cgroup.resolve("cgroup.events")).lines().noneMatch("populated 1"::equals);
        } catch (IOException e) {
            if (Files.notExists(cgroup)) {
                return true;
            }
            throw new UncheckedIOException("cannot read cgroup " + cgroup, e);
        }
    }

    @Override
    public void ask() {
        for (long pid : pids()) {
            ProcessHandle.of(pid).filter(asked::add).ifPresent(ProcessHandle::destroy);
        }
    }

    @Override
    public void kill() {
        try {
            KernelFile.write(cgroup.resolve("cgroup.kill"), "1");
        } catch (IOException e) {
            if (!hasFailed) {
                LOG.warn("Cannot kill cgroup {}; retrying: {}", cgroup, e.toString());
            }
            hasFailed = true;
        }
    }

    @Override
    public Set<Long> pids() {
        Set<Long> pids = new HashSet<>();
        for (Path each : cgroups()) {
            try {
                KernelFile.read(each.resolve("cgroup.procs"))
                        .lines()
                        .map(Long::valueOf)
                        .forEach(pids::add);
            } catch (IOException e) {
                LOG.debug("Cgroup {} was removed, or its processes are listed in its parent: {}", each, e.toString());
            }
        }
        return pids;
    }

    @Override
    public void remove() {
        for (Path each : cgroups()) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                LOG.warn("Cannot remove cgroup {}; the next start retries: {}", each, e.toString());
            }
        }
    }

    /** Returns this cgroup and its nested cgroups, innermost first. */
    private List<Path> cgroups() {
        try (Stream<Path> all = Files.walk(cgroup)) {
            return all.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::getNameCount).reversed())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) { // a nested cgroup was removed meanwhile
            return List.of(cgroup);
        }
    }
}
