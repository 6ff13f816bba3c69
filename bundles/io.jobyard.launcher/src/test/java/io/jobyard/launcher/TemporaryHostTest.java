// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a script in place of {@code bin/jobyard}, which writes down its calls and fails as it is told. */
class TemporaryHostTest {

    @TempDir
    Path home;

    private Path script;
    private Path calls;

    @BeforeEach
    void writeTheScript() throws IOException {
        calls = home.resolve("calls");
        script = Files.createDirectories(home.resolve("bin")).resolve("jobyard");
        Files.writeString(script, """
                #!/bin/sh
                echo "$1 $TOLD" >> %s
                [ "$1" = "$FAILS" ] || exit 0
                echo "jobyard: $1 has failed" >&2
                exit 1
                """.formatted(calls));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void itIsStoppedAndDeletedWhenItIsClosed() throws Exception {
        InstanceDirectory instance;
        try (TemporaryHost host = host("")) {
            host.start();
            instance = host.instance();
            assertThat(instance.directory()).isDirectory();
        }
        assertThat(instance.directory()).doesNotExist();
        assertThat(calls).hasContent("start this\nstop this");
    }

    @Test
    void theInstanceOfAFailedStartStaysForItsLog() throws Exception {
        TemporaryHost host = host("start");
        assertThatThrownBy(host::start).isInstanceOf(LaunchException.class).hasMessage("start has failed");
        host.close();
        assertThat(host.instance().directory()).isDirectory();
        assertThat(calls).hasContent("start this\nstop this");
        host.instance().delete();
    }

    @Test
    void nothingIsDeletedUnderAHostThatCannotBeStoppedAndTheFirstFaultIsTold() throws Exception {
        TemporaryHost host = host("stop");
        assertThatThrownBy(() -> {
                    try (host) {
                        host.start();
                        throw new LaunchException("the job has failed");
                    }
                })
                .hasMessage("the job has failed")
                .satisfies(fault -> assertThat(fault.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .isEqualTo("stop has failed"));
        assertThat(host.instance().directory()).isDirectory();
        host.keep();
        host.instance().delete();
    }

    @Test
    void oneThatIsKeptGoesOn() throws Exception {
        TemporaryHost host = host("");
        host.start();
        host.keep();
        host.close();
        assertThat(host.instance().directory()).isDirectory();
        assertThat(calls).hasContent("start this");
        host.instance().delete();
    }

    private TemporaryHost host(String fails) throws IOException {
        return TemporaryHost.in("jobyard-test-", new Program(home, "1", false), Map.of("FAILS", fails, "TOLD", "this"));
    }
}
