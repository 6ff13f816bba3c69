// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcFilesTest {

    private static final String A = "io.jobyard.a.cfg";

    @TempDir
    private Path etc;

    private EtcFiles files() {
        return new EtcFiles(etc);
    }

    @Test
    void theFirstLookTakesAllAtOnce() throws IOException {
        write(A, "k = 1");
        Files.writeString(etc.resolve("logback.xml"), "<x/>");
        assertThat(files().first()).containsOnlyKeys(A);
    }

    @Test
    void aChangeCountsOnceItIsSeenTwice() throws IOException {
        EtcFiles files = files();
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
        EtcFiles files = files();
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
        EtcFiles files = files();
        files.first();
        Files.move(etc.resolve(wrong), etc.resolve(A));
        assertThat(files.scan()).containsOnlyKeys(wrong);
        assertThat(files.scan()).containsOnlyKeys(A);
    }

    @Test
    void aLinkThatLeadsNowhereIsReadAgainUntilItLeadsSomewhere() throws IOException {
        Path elsewhere = etc.resolve("elsewhere");
        Files.createSymbolicLink(etc.resolve(A), elsewhere);
        EtcFiles files = files();
        assertThat(files.first().get(A).content().fault()).isEqualTo("it is a dangling link");
        Files.writeString(elsewhere, "k = 1");
        files.scan();
        assertThat(value(files.scan())).isEqualTo("1");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(etc.resolve(name), text);
    }

    private static String value(Map<String, EtcFiles.SettledContent> files) {
        return files.get(A).content().values().get("k");
    }
}
