// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainmentChoiceTest {

    @TempDir
    private Path directory;

    private final ProcessTable table = new ProcessTable();
    private final ProcessMark mark = new ProcessMark("owner", "1-1");
    private final ProcessContainment lastResort = new SessionContainment(table, mark, Optional.empty());
    private final ProcessContainment first = new NamespaceContainment(table, mark, "/usr/bin/unshare", List.of());
    private final ProcessContainment second = new CgroupContainment(Path.of("/nowhere"), mark);

    @Test
    void theFirstThatWorksIsChosen() {
        assertThat(choose(containment -> {}).containment()).isSameAs(first);
    }

    @Test
    void oneThatIsRefusedLeavesItToTheNextAndSaysWhy() {
        ContainmentChoice choice = choose(containment -> {
            if (containment == first) {
                throw new IOException("unshare: Operation not permitted");
            }
        });

        assertThat(choice.containment()).isSameAs(second);
        assertThat(choice.refused())
                .containsExactly("absent: there is none", "first: unshare: Operation not permitted");
    }

    @Test
    void theLastResortIsTakenUntriedIfAllAreRefused() {
        ContainmentChoice choice = choose(containment -> {
            throw new IOException("no");
        });

        assertThat(choice.containment()).isSameAs(lastResort);
        assertThat(choice.refused()).hasSize(3);
    }

    private ContainmentChoice choose(ContainmentChoice.Probe probe) {
        return ContainmentChoice.of(
                List.of(
                        new ContainmentChoice.Candidate("absent", () -> {
                            throw new IOException("there is none");
                        }),
                        new ContainmentChoice.Candidate("first", () -> first),
                        new ContainmentChoice.Candidate("second", () -> second)),
                lastResort,
                probe);
    }

    @Test
    void aProbeSaysWhatTheMachineSays() {
        assertThatThrownBy(() -> ContainmentProbe.require(second))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/nowhere/jobyard-owner-1-1-probe-");
        ProcessContainment broken = new NamespaceContainment(table, mark, "/usr/bin/unshare", List.of("--no-such"));
        assertThatThrownBy(() -> ContainmentProbe.require(broken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such");
    }

    @Test
    void theDoctorWarnsOfWhatTheLastResortCannotHoldOnceThereIsACommand() throws Exception {
        ExecFixture exec = new ExecFixture(
                directory,
                Duration.ofMillis(100),
                machine -> new ContainmentChoice(machine.session(), List.of("cgroup v2: read-only")));
        assertThat(exec.handler.examine()).isEmpty();

        exec.script("true").run();

        assertThat(exec.handler.examine()).singleElement().satisfies(finding -> {
            assertThat(finding.note()).isFalse();
            assertThat(finding.problem())
                    .isEqualTo("a process that leaves its session, its parent and its environment can outlive its run."
                            + " Unavailable: cgroup v2: read-only");
        });
        exec.handler.stop();
    }

    @Test
    void theCgroupOfTheHostIsFoundInMountsOfAllKinds() throws Exception {
        assertThat(home("0::/", "/sys/fs/cgroup", "/")).contains(Path.of("/sys/fs/cgroup"));
        assertThat(home("5:cpu:/x\n0::/a.slice/b.service", "/sys/fs/cgroup/unified", "/"))
                .contains(Path.of("/sys/fs/cgroup/unified/a.slice/b.service"));
        assertThat(home("0::/docker/abc/x", "/sys/fs/cgroup", "/docker/abc")).contains(Path.of("/sys/fs/cgroup/x"));
        assertThat(home("0::/docker/abc", "/sys/fs/cgroup", "/other")).isEmpty();
        assertThat(home("0::/../abc", "/sys/fs/cgroup", "/")).isEmpty();
        assertThat(home("5:cpu:/x", "/sys/fs/cgroup", "/")).isEmpty();
        assertThat(CgroupHome.find(directory.resolve("none"))).isEmpty();
    }

    private Optional<Path> home(String cgroup, String mount, String root) throws IOException {
        Files.writeString(directory.resolve("cgroup"), cgroup + "\n");
        Files.writeString(
                directory.resolve("mountinfo"),
                "20 1 0:5 / /proc rw - proc proc rw\n30 20 0:26 " + root + " " + mount
                        + " rw,nosuid shared:4 - cgroup2 cgroup2 rw\n");
        return CgroupHome.find(directory);
    }
}
