// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The containments that this machine may support, best first. */
final class MachineContainments {

    private static final List<String> PROGRAMS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    private final RunDirectories positions;
    private final ProcessMark mark;
    private final ProcessTable table;

    MachineContainments(RunDirectories positions, ProcessMark mark, ProcessTable table) {
        this.positions = positions;
        this.mark = mark;
        this.table = table;
    }

    ContainmentChoice choose() {
        return ContainmentChoice.of(
                List.of(
                        new ContainmentChoice.Candidate("cgroup v2", this::cgroup),
                        new ContainmentChoice.Candidate("PID namespace", () -> namespace(List.of())),
                        new ContainmentChoice.Candidate(
                                "PID namespace in a user namespace", () -> namespace(NamespaceContainment.AS_USER))),
                session(),
                ContainmentProbe::require);
    }

    CgroupContainment cgroup() throws IOException {
        Path home = CgroupHome.find().orElseThrow(() -> new IOException("no mounted cgroup contains the host"));
        if (!Files.isWritable(home)) {
            throw new IOException("the host has no write permission for " + home);
        }
        positions.keepCgroup(mark, home);
        return new CgroupContainment(home, mark);
    }

    NamespaceContainment namespace(List<String> options) throws IOException {
        String unshare = program("unshare").orElseThrow(() -> new IOException("program unshare not found"));
        return new NamespaceContainment(table, mark, unshare, options);
    }

    SessionContainment session() {
        return new SessionContainment(table, mark, program("setsid"));
    }

    private static Optional<String> program(String name) {
        return PROGRAMS.stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
