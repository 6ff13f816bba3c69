// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobyard.api.handler.PermanentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldersTest {

    private static final String ALL = "**";

    @TempDir
    Path dir;

    private Path reports;
    private Folders folders;

    @BeforeEach
    void allowReports() throws IOException {
        dir = dir.toRealPath();
        reports = Files.createDirectories(dir.resolve("reports"));
        folders = allowing(reports.toString());
    }

    private static Folders allowing(String paths) {
        return new Folders(Map.of("folders", paths));
    }

    private Path write(String path, String text) throws IOException {
        Path file = dir.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private FileList find(String glob) throws InterruptedException {
        return folders.open(reports.toString()).find(glob);
    }

    @Test
    void noFolderMayBeReadUntilAnAdministratorSaysSo() {
        Folders none = new Folders(Map.of());

        assertRefused(
                () -> none.open("/data/minutes"),
                "folder = /data/minutes is not allowed: an administrator must set folders = /data/minutes in"
                        + " etc/io.jobyard.handler.llm.cfg");
    }

    @Test
    void aFolderBesideTheAllowedOnesIsRefusedWhetherItIsThereOrNot() throws Exception {
        Files.createDirectories(dir.resolve("reports-of-others"));
        for (String other : new String[] {"reports-of-others", "nowhere", "reports/../reports-of-others", ""}) {
            String path = dir + "/" + other;
            assertRefused(
                    () -> folders.open(path),
                    "folder = " + path + " is not allowed: an administrator must set folders = " + reports + "," + path
                            + " in etc/io.jobyard.handler.llm.cfg");
        }
    }

    @Test
    void aLinkThatLeadsOutIsRefused() throws Exception {
        Files.createDirectories(dir.resolve("secret"));
        Files.createSymbolicLink(reports.resolve("way-out"), dir.resolve("secret"));
        String path = reports + "/way-out";

        assertRefused(
                () -> folders.open(path),
                "folder = " + path + " is not allowed: an administrator must set folders = " + reports + "," + path
                        + " in etc/io.jobyard.handler.llm.cfg");
    }

    @Test
    void whatIsNoFolderIsNamed() throws Exception {
        write("reports/a.txt", "a");

        assertRefused(() -> folders.open("reports"), "invalid folder = reports: use an absolute path");
        assertRefused(
                () -> folders.open(reports + "/nowhere"),
                "folder = " + reports + "/nowhere not found, or not readable by the host");
        assertRefused(
                () -> folders.open(reports + "/a.txt"),
                "invalid folder = " + reports + "/a.txt: it is not a folder; use the folder that contains the files");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "**/*.md,**/*.txt | a.md b/c.txt b/d.md",
                "*.md | a.md",
                "b/* | b/c.txt b/d.md b/e.log",
                "**/*.{md,log} , *.none | a.md b/d.md b/e.log",
                "b/c.txt | b/c.txt"
            })
    void findsWhatTheGlobSays(String glob, String names) throws Exception {
        for (String name : new String[] {"a.md", "b/c.txt", "b/d.md", "b/e.log"}) {
            write("reports/" + name, name);
        }

        FileList found = find(glob);

        assertThat(found.files()).extracting(FoundFile::name).containsExactly(names.split(" "));
        assertThat(found.skipped()).isEmpty();
        Folder folder = folders.open(reports.toString());
        assertThat(found.files())
                .allSatisfy(file -> assertThat(folder.read(file)).isEqualTo(file.name()));
    }

    @Test
    void leavesOutWhatIsNoTextAndWhatLeadsOutAndSaysSo() throws Exception {
        write("reports/good.txt", "grüße");
        Files.write(reports.resolve("latin.txt"), "grüße".getBytes(StandardCharsets.ISO_8859_1));
        write("secret/key.txt", "key");
        Files.createSymbolicLink(reports.resolve("key.txt"), dir.resolve("secret/key.txt"));
        Files.createSymbolicLink(reports.resolve("more"), dir.resolve("secret"));
        Files.createSymbolicLink(reports.resolve("again.txt"), reports.resolve("good.txt"));
        Files.createSymbolicLink(reports.resolve("loop"), reports);

        FileList found = find("**/*.txt,loop,more");

        assertThat(found.files()).extracting(FoundFile::name).containsExactly("again.txt", "good.txt");
        assertThat(found.skipped())
                .containsExactlyInAnyOrder(
                        "latin.txt: it is not UTF-8",
                        "key.txt: it is a link to a place outside of the allowed folders",
                        "more: it is a link to a place outside of the allowed folders",
                        "loop: it is not readable");
    }

    @Test
    void namesAFileThatIsNotTheSameAnyMore() throws Exception {
        write("reports/a.txt", "one");
        write("reports/b.txt", "two");
        write("reports/c.txt", "three");
        FileList found = find(ALL);
        write("reports/a.txt", "two");
        Files.delete(reports.resolve("b.txt"));
        Files.delete(reports.resolve("c.txt"));
        Files.createSymbolicLink(reports.resolve("c.txt"), write("secret/c.txt", "three"));
        Folder folder = folders.open(reports.toString());

        String end = " after the job started: submit it again, and do not change the files while it runs";
        assertRefused(() -> folder.read(found.files().get(0)), reports + "/a.txt was changed" + end);
        assertRefused(() -> folder.read(found.files().get(1)), reports + "/b.txt was deleted" + end);
        assertRefused(() -> folder.read(found.files().get(2)), reports + "/c.txt is no longer readable" + end);
    }

    @Test
    void saysThatNothingMatches() throws Exception {
        Files.write(reports.resolve("x.txt"), new byte[] {(byte) 0xff});

        assertRefused(() -> find("*.md"), "no text file in " + reports + " matches glob = *.md");
        assertRefused(
                () -> find("*.txt"),
                "no text file in " + reports + " matches glob = *.txt; skipped: x.txt: it is not UTF-8");
        assertRefused(
                () -> find("[a"), "invalid glob = [a: use patterns separated by commas, for example **/*.md,**/*.txt");
    }

    @Test
    void readsNoMoreThanAJobMayHave() throws Exception {
        for (int n = 0; n <= FileSearch.MOST_FILES; n++) {
            write("reports/many/" + n, "");
        }
        write("reports/large/1", "x".repeat(Folder.MOST_BYTES / 2));
        write("reports/large/2", "x".repeat(Folder.MOST_BYTES / 2));

        assertThat(find("large/*").files()).hasSize(2);
        write("reports/large/3", "x");
        assertRefused(
                () -> find("large/*"),
                "glob = large/* matches too much in " + reports
                        + ": the matching files contain more than 16777216 bytes;" + " narrow it, or use a subfolder");
        assertRefused(
                () -> find("many/*"),
                "glob = many/* matches too much in " + reports + ": more than 1000 files match; narrow it, or use a"
                        + " subfolder");
        Files.delete(reports.resolve("many/0"));
        assertThat(find("many/*").files()).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reports", "/data,reports", "/data,,/more"})
    void aBadPathIsRefusedAndTheLastGoodOnesStay(String paths) {
        folders.update(Map.of("folders", paths));

        assertThat(folders.problems())
                .containsExactly("invalid folders"
                        + ": use absolute paths, separated by commas, for example folders ="
                        + " /data/reports,/data/minutes");
        assertThat(folders.open(reports.toString())).isNotNull();
    }

    @Test
    void anUnknownKeyIsRefused() {
        folders.update(Map.of("folder", "/data"));

        assertThat(folders.problems()).containsExactly("unknown key folder (did you mean 'folders'?); use folders");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(PermanentException.class).isThrownBy(call).withMessage(message);
    }
}
