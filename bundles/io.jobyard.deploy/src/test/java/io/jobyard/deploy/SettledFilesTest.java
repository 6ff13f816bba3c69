// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledFilesTest {

    private static final String A = "a.jar";

    @TempDir
    private Path directory;

    private SettledFiles files() {
        return new SettledFiles(directory, DeployWatcher::isJar);
    }

    @Test
    void aFileCountsOnceTwoScansSawTheSame() throws IOException {
        SettledFiles files = files();
        write(A, "half");
        assertThat(files.scan()).isEmpty();
        write(A, "the whole");
        assertThat(files.scan()).isEmpty();
        assertThat(files.scan()).containsOnlyKeys(A);
    }

    @Test
    void oneThatIsReplacedIsTheOldOneUntilTheNewOneIsWhole() throws IOException {
        SettledFiles files = files();
        write(A, "old");
        var old = files.first().get(A);
        write(A, "the new one");
        assertThat(files.scan()).containsEntry(A, old);
        assertThat(files.scan().get(A)).isNotEqualTo(old);
    }

    /** As a copy that keeps times makes it, into the same file. */
    @Test
    void oneOfTheSameSizeAndModificationTimeIsAnotherByItsChangeTime() throws IOException {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("unix");
        SettledFiles files = files();
        write(A, "one");
        FileTime modified = Files.getLastModifiedTime(directory.resolve(A));
        var old = files.first().get(A);
        await().until(() -> {
            write(A, "two");
            Files.setLastModifiedTime(directory.resolve(A), modified);
            files.scan();
            return !files.scan().get(A).equals(old);
        });
        assertThat(files.scan().get(A).modified()).isEqualTo(modified);
        assertThat(files.scan()).containsEntry(A, files.scan().get(A));
    }

    @Test
    void oneThatIsGoneIsGoneOnceTwoScansDidNotSeeIt() throws IOException {
        SettledFiles files = files();
        write(A, "old");
        files.first();
        Files.delete(directory.resolve(A));
        assertThat(files.scan()).containsOnlyKeys(A);
        assertThat(files.scan()).isEmpty();
    }

    @Test
    void oneThatChangesAllTheTimeIsTold() throws IOException {
        SettledFiles files = files();
        for (int scan = 0; scan < 25; scan++) {
            write(A, "1".repeat(scan + 1));
            files.scan();
        }
        assertThat(files.restless()).containsExactly(A);
        files.scan();
        assertThat(files.restless()).isEmpty();
    }

    @Test
    void thoseThatComeTogetherAreSettlingUntilTheLastOneHasSettled() throws IOException {
        SettledFiles files = files();
        for (String name : List.of("a.jar", "b.jar", "c.jar")) {
            write(name, name);
            files.scan();
            assertThat(files.areSettling()).as(name).isTrue();
        }
        assertThat(files.scan()).hasSize(3);
        assertThat(files.areSettling()).isFalse();
    }

    @Test
    void oneThatNeverSettlesHoldsUpTheOthersForFiveSeconds() throws IOException {
        SettledFiles files = files();
        for (int scan = 1; scan <= 30; scan++) {
            write(A, "1".repeat(scan));
            files.scan();
            assertThat(files.areSettling()).as("scan " + scan).isEqualTo(scan <= 10);
        }
        files.scan();
        assertThat(files.areSettling()).isFalse();
    }

    @Test
    void directoriesOtherFilesAndLinksThatLeadNowhereAreNoJars() throws IOException {
        write("readme.txt", "x");
        Files.createDirectory(directory.resolve("d.jar"));
        Files.createSymbolicLink(directory.resolve("l.jar"), directory.resolve("nowhere"));
        assertThat(files().first()).isEmpty();
    }

    /** What it leads to may be there, and is no reason to take out the bundle that serves. */
    @Test
    void aLinkThatCannotBeFollowedStays() throws IOException {
        Files.createSymbolicLink(directory.resolve(A), directory.resolve(A));
        assertThat(files().first()).containsOnlyKeys(A);
    }

    @Test
    void aDirectoryThatIsAwayTakesNothingAway() {
        SettledFiles files = new SettledFiles(directory.resolve("none"), DeployWatcher::isJar);
        assertThatThrownBy(files::scan).isInstanceOf(NoSuchFileException.class);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
