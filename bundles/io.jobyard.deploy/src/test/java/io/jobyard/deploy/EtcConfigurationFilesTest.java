// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.ConfigurationFiles.ConfigurationFile;
import io.jobyard.settings.api.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcConfigurationFilesTest {

    @TempDir
    private Path etc;

    private EtcConfigurationFiles files;

    @BeforeEach
    void open() {
        files = new EtcConfigurationFiles(etc);
    }

    private ConfigurationFile read(String file, String text) {
        return files.read(file, text).orElseThrow();
    }

    @Test
    void aFileIsReadAsIfItStoodInEtc() {
        ConfigurationFile limit = read("io.jobyard.limits-openai.cfg", "# ours\nrunning.max = 3\n");
        assertThat(limit.pid()).isEqualTo("io.jobyard.limits");
        assertThat(limit.name()).isEqualTo("openai");
        assertThat(limit.fullName()).isEqualTo("io.jobyard.limits-openai");
        assertThat(limit.values()).isEqualTo(Map.of("running.max", "3"));

        ConfigurationFile worker = read("io.jobyard.worker.cfg", "");
        assertThat(worker.name()).isNull();
        assertThat(worker.fullName()).isEqualTo("io.jobyard.worker");
    }

    @Test
    void aWrongNameAndAContentThatCannotBeReadAreToldAsTheHostDoes() {
        assertThat(read("io.jobyard.limit-openai.cfg", "running.max = 3").values())
                .containsEntry(
                        SettingsReader.MISNAMED,
                        "etc/io.jobyard.limit-openai.cfg is not in force: its name must be io.jobyard.limits-openai.cfg");
        assertThat(read("io.jobyard.worker.cfg", "a = 1\nA = 2").values())
                .isEqualTo(
                        Map.of(SettingsReader.UNREADABLE, "etc/io.jobyard.worker.cfg cannot be read: duplicate key a"));
    }

    @Test
    void whatTheHostWouldLeaveAloneIsNoConfiguration() {
        assertThat(files.read("draft.txt", "a = 1")).isEmpty();
        assertThat(files.read("io.jobyard.worker.cfg.bak", "a = 1")).isEmpty();
    }

    @Test
    void aFileIsReplacedWithTheModeThatItHas() throws IOException {
        Path file = etc.resolve("io.jobyard.worker.cfg");
        Files.writeString(file, "worker.threads = 4\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        String before = files.text("io.jobyard.worker.cfg").orElseThrow();

        files.replace("io.jobyard.worker.cfg", before, "worker.threads = 8\n");

        assertThat(file).hasContent("worker.threads = 8");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(etc));
        assertThat(etc).isDirectoryNotContaining("glob:**next*");
    }

    @Test
    void aNewFileIsForTheHostsUserAloneAndALinkStaysOne() throws IOException {
        files.replace("io.jobyard.limits-a.cfg", null, "running.max = 1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(etc.resolve("io.jobyard.limits-a.cfg"))))
                .isEqualTo("rw-------");

        Path elsewhere = Files.createDirectory(etc.resolve("shared")).resolve("b.cfg");
        Files.writeString(elsewhere, "running.max = 1\n");
        Path link = Files.createSymbolicLink(etc.resolve("io.jobyard.limits-b.cfg"), elsewhere);
        files.replace("io.jobyard.limits-b.cfg", "running.max = 1\n", "running.max = 2\n");
        assertThat(link).isSymbolicLink();
        assertThat(elsewhere).hasContent("running.max = 2");
    }

    @Test
    void whatSomebodyChangedMeanwhileIsLeftAlone() throws IOException {
        Path file = etc.resolve("io.jobyard.worker.cfg");
        Files.writeString(file, "worker.threads = 5\n");
        assertThatThrownBy(() -> files.replace("io.jobyard.worker.cfg", "worker.threads = 4\n", "x = 1\n"))
                .isInstanceOf(ValidationException.class)
                .hasMessage("etc/io.jobyard.worker.cfg was changed meanwhile; read it again and retry");
        assertThatThrownBy(() -> files.replace("io.jobyard.worker.cfg", null, "x = 1\n"))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> files.text("../x.cfg")).isInstanceOf(ValidationException.class);
        assertThat(file).hasContent("worker.threads = 5");
    }
}
