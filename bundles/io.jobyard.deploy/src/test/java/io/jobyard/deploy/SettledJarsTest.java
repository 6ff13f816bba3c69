// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledJarsTest {

    @TempDir
    Path directory;

    @Test
    void aJarCountsOnceTwoLooksSawTheSame() throws IOException {
        SettledJars jars = new SettledJars(directory);
        write("a.jar", "half");
        assertThat(jars.look()).isEmpty();
        write("a.jar", "the whole");
        assertThat(jars.look()).isEmpty();
        assertThat(jars.look()).containsOnlyKeys("a.jar");
    }

    @Test
    void oneThatIsReplacedIsTheOldOneUntilTheNewOneIsWhole() throws IOException {
        SettledJars jars = new SettledJars(directory);
        write("a.jar", "old");
        var old = jars.first().get("a.jar");
        write("a.jar", "the new one");
        assertThat(jars.look()).containsEntry("a.jar", old);
        assertThat(jars.look().get("a.jar")).isNotEqualTo(old);
    }

    @Test
    void oneThatIsGoneIsGoneOnceTwoLooksDidNotSeeIt() throws IOException {
        SettledJars jars = new SettledJars(directory);
        write("a.jar", "old");
        jars.first();
        Files.delete(directory.resolve("a.jar"));
        assertThat(jars.look()).containsOnlyKeys("a.jar");
        assertThat(jars.look()).isEmpty();
    }

    @Test
    void directoriesAndOtherFilesAreNotLookedAt() throws IOException {
        write("readme.txt", "x");
        Files.createDirectory(directory.resolve("d.jar"));
        Files.createSymbolicLink(directory.resolve("l.jar"), directory.resolve("nowhere"));
        assertThat(new SettledJars(directory).first()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
