// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host's own files are like, and that a failed write leaves nothing. */
class OwnFileTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsReplacedAndForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("data/own");
        OwnFile.replace(file, "one");
        OwnFile.replace(file, "zwei ö");

        assertThat(file).hasContent("zwei ö");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(files(file.getParent())).isEqualTo(1);
    }

    @Test
    void whatCannotTakeItsPlaceLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("own");
        Files.createDirectories(file.resolve("full"));

        assertThatThrownBy(() -> OwnFile.replace(file, "text")).isInstanceOf(IOException.class);

        assertThat(files(folder)).isEqualTo(1);
        assertThat(file.resolve("full")).isDirectory();
    }

    @Test
    void theKeyOfTheAuditIsMadeOnceAndADamagedOneIsNamed() throws IOException {
        Path file = folder.resolve("audit.key");
        AuditEntry entry = new AuditEntry(Instant.EPOCH, "user ann", "cancel", "job 1", "");
        AuditRow row = AuditSeal.of(file).seal("", new UUID(0, 1), 1, entry);
        assertThat(AuditSeal.of(file).seal("", new UUID(0, 1), 1, entry)).isEqualTo(row);

        Files.writeString(file, "");
        assertThatThrownBy(() -> AuditSeal.of(file))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(file + " is damaged: restore it from a backup");
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
