// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {

    @TempDir
    private Path directory;

    private InstanceDirectory instance;
    private Path file;

    @BeforeEach
    void begin() throws IOException {
        instance = new InstanceDirectory(directory);
        Files.createDirectories(instance.etc());
        file = instance.etc().resolve("io.jobyard.store.cfg");
    }

    private void choose(OwnStore kind) throws IOException {
        StoreFile.of(instance).choose(kind, instance.data());
    }

    @Test
    void theChoiceTakesThePlaceOfTheKeyThatIsCommentedOut() throws IOException {
        Files.writeString(file, "# The database.\n#url =\n#user =\npool.size = 12\n");
        choose(OwnStore.SQLITE);
        assertThat(file).hasContent("# The database.\nurl = jdbc:sqlite:\n#user =\npool.size = 12\n");
        assertThat(StoreFile.of(instance).own()).contains(OwnStore.SQLITE);
        choose(OwnStore.DERBY);
        assertThat(StoreFile.of(instance).own()).contains(OwnStore.DERBY);
    }

    @Test
    void theChoiceIsAddedToAFileWithoutTheKey() throws IOException {
        choose(OwnStore.SQLITE);
        assertThat(StoreFile.of(instance).url()).isEqualTo("jdbc:sqlite:");
        choose(OwnStore.SQLITE);
        assertThat(file).content().containsOnlyOnce("url = ");
    }

    @Test
    void anInstanceWithJobsIsNotSwitched() throws IOException {
        Files.createDirectories(instance.data().resolve("db"));
        assertThatThrownBy(() -> choose(OwnStore.SQLITE))
                .isInstanceOf(LaunchException.class)
                .hasMessageContainingAll("data/db", "move-store --to jdbc:sqlite:");
        assertThat(file).doesNotExist();
    }

    @Test
    void aDatabaseElsewhereIsNotGivenUp() throws IOException {
        Files.writeString(file, "url = jdbc:postgresql://db.example.com/jobs\n");
        assertThat(StoreFile.of(instance).own()).isEmpty();
        assertThatThrownBy(() -> choose(OwnStore.DERBY))
                .isInstanceOf(LaunchException.class)
                .hasMessageContainingAll("url in " + file, "move-store --to embedded");
    }
}
