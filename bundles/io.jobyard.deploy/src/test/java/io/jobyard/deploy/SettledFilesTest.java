// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledFilesTest {

    private static final String A = "io.jobyard.a.cfg";

    @TempDir
    private Path etc;

    private SettledFiles files() {
        return new SettledFiles(etc);
    }

    @Test
    void theFirstLookTakesAllAtOnce() throws IOException {
        write(A, "k = 1");
        Files.writeString(etc.resolve("logback.xml"), "<x/>");
        assertThat(files().first()).containsOnlyKeys(A);
    }

    @Test
    void aChangeCountsOnceItIsSeenTwice() throws IOException {
        SettledFiles files = files();
        assertThat(files.first()).isEmpty();
        write(A, "k = 1");
        assertThat(files.scan()).isEmpty();
        assertThat(value(files.scan())).isEqualTo("1");
        write(A, "k = 22");
        assertThat(value(files.scan())).isEqualTo("1");
        assertThat(value(files.scan())).isEqualTo("22");
    }

    @Test
    void aFileThatIsTakenAwayAndWrittenAnewIsNeverGone() throws IOException {
        write(A, "k = 1");
        SettledFiles files = files();
        files.first();
        Files.delete(etc.resolve(A));
        assertThat(value(files.scan())).isEqualTo("1");
        write(A, "k = 22");
        assertThat(value(files.scan())).isEqualTo("1");
        assertThat(value(files.scan())).isEqualTo("22");
        Files.delete(etc.resolve(A));
        files.scan();
        assertThat(files.scan()).isEmpty();
    }

    @Test
    void oneThatIsRenamedComesAndGoesInOneScan() throws IOException {
        String wrong = "io.jobyard.a.conf";
        write(wrong, "k = 1");
        SettledFiles files = files();
        files.first();
        Files.move(etc.resolve(wrong), etc.resolve(A));
        assertThat(files.scan()).containsOnlyKeys(wrong);
        assertThat(files.scan()).containsOnlyKeys(A);
    }

    @Test
    void oneThatChangesAllTheTimeIsTold() throws IOException {
        SettledFiles files = files();
        for (int scan = 0; scan < 25; scan++) {
            write(A, "k = " + "1".repeat(scan + 1));
            files.scan();
        }
        assertThat(files.restless()).containsExactly(A);
        files.scan();
        assertThat(files.restless()).isEmpty();
    }

    @Test
    void aLinkThatLeadsNowhereIsReadAgainUntilItLeadsSomewhere() throws IOException {
        Path elsewhere = etc.resolve("elsewhere");
        Files.createSymbolicLink(etc.resolve(A), elsewhere);
        SettledFiles files = files();
        assertThat(files.first().get(A).content().fault()).isEqualTo("it leads nowhere");
        Files.writeString(elsewhere, "k = 1");
        files.scan();
        assertThat(value(files.scan())).isEqualTo("1");
    }

    @Test
    void aDirectoryThatIsAwayTakesNothingAway() {
        SettledFiles files = new SettledFiles(etc.resolve("none"));
        assertThatThrownBy(files::scan).isInstanceOf(NoSuchFileException.class);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(etc.resolve(name), text);
    }

    private static String value(Map<String, SettledFiles.Settled> files) {
        return files.get(A).content().values().get("k");
    }
}
