// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class GoneFileIT {

    private static final String PID = "io.jobyard.nobodys";

    @Rule
    public final HostProcess host = new HostProcess();

    private Path file;

    @Before
    public void start() throws Exception {
        file = Files.createDirectories(host.instance().resolve("etc")).resolve(PID + ".cfg");
        Files.writeString(file, "key = value\n");
        Files.writeString(file.resolveSibling("io.jobyard.worker.cfg"), "worker.threads = 64\n");
        assertThat(host.jobyard("start").exit()).isZero();
        assertThat(doctor()).contains(PID, "worker.threads = 64");
    }

    @Test
    public void aFileTakenOutWhileTheHostIsDownIsNotInForceAnyMore() throws Exception {
        host.jobyard("stop");
        Files.delete(file);
        assertThat(host.jobyard("start").exit()).isZero();
        assertThat(host.log()).contains(PID + ": its file " + file + " is gone");
        assertThat(doctor()).doesNotContain(PID).contains("worker.threads = 64");
    }

    @Test
    public void aDefaultFileTakenOutWhileTheHostIsDownComesBackWithTheDefaults() throws Exception {
        host.jobyard("stop");
        Files.delete(file.resolveSibling("io.jobyard.worker.cfg"));
        assertThat(host.jobyard("start").exit()).isZero();
        assertThat(doctor()).contains(PID).doesNotContain("worker.threads = 64");
    }

    private String doctor() throws Exception {
        return host.jobyard("shell", "job:doctor --json").out();
    }
}
