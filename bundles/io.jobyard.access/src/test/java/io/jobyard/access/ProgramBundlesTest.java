// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramBundlesTest {

    @TempDir
    Path home;

    @Test
    void whatTheLauncherInstallsFromItsDirectoryIsOfTheProgram() throws Exception {
        Path jar = home.resolve("bundles/20/a b.jar");
        ProgramBundles before = new ProgramBundles(home.toString());
        Files.createDirectories(jar.getParent());
        assertThat(before.has("reference:" + jar.toUri())).isTrue();
        assertThat(new ProgramBundles(home.toString()).has("reference:" + jar.toUri()))
                .isTrue();
    }

    @Test
    void nothingElseIsOfTheProgram() {
        ProgramBundles program = new ProgramBundles(home.toString());
        assertThat(program.has(home.resolve("bundles/20/words.jar").toUri().toString()))
                .isFalse();
        assertThat(program.has(
                        "reference:" + home.resolve("bundles-2/words.jar").toUri()))
                .isFalse();
        assertThat(program.has("reference:" + home.resolve("deploy/words.jar").toUri()))
                .isFalse();
        assertThat(program.has("mvn:io.jobyard/io.jobyard.words/1")).isFalse();
    }

    @Test
    void inKarafItIsWhatTheFeaturesInstall() {
        ProgramBundles program = new ProgramBundles((String) null);
        assertThat(program.has("mvn:io.jobyard/io.jobyard.access/0.1.0")).isTrue();
        assertThat(program.has("mvn:io.jobyard.words/words/1")).isFalse();
        assertThat(program.has("mvn:com.acme/words/1")).isFalse();
    }
}
