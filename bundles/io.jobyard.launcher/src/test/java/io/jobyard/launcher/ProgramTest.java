// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

    @TempDir
    private Path directory;

    @Test
    void anInstanceIsTheOptionsElseTheEnvironmentsElseTheProgramsDirectory() {
        Program program = new Program(directory.resolve("jobyard"), "1", false);

        assertThat(program.instance(Path.of("/a"), "/b").directory()).isEqualTo(Path.of("/a"));
        assertThat(program.instance(null, " /b ").directory()).isEqualTo(Path.of("/b"));
        assertThat(program.instance(null, " ").directory()).isEqualTo(program.home());
        assertThat(program.instance(null, null).directory()).isEqualTo(program.home());
    }

    @Test
    void aProgramInABuildsOutputKeepsNoInstanceUnlessToldTo() throws Exception {
        Files.createFile(directory.resolve("pom.xml"));
        Program program = new Program(directory.resolve("target/jobyard"), "1", false);

        assertThatThrownBy(() -> program.instance(null, null))
                .isInstanceOf(LaunchException.class)
                .hasMessageContainingAll("mvn clean", program.home().toString(), "JOBYARD_INSTANCE", "--instance");
        assertThat(program.instance(program.home(), null).directory()).isEqualTo(program.home());
    }
}
