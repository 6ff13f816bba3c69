// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebFileTest {

    @TempDir
    Path directory;

    private InstanceDirectory instance;
    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        instance = new InstanceDirectory(directory);
        Files.createDirectories(instance.etc());
        file = instance.etc().resolve("io.jobyard.http.cfg");
    }

    private String opened() throws IOException {
        WebFile.of(instance).open();
        return WebFile.of(instance).port();
    }

    @Test
    void whereThereIsNoFileOneIsWrittenForItsUserAlone() throws IOException {
        assertThat(WebFile.of(instance).port()).isNull();
        assertThat(Integer.parseInt(opened())).isBetween(8080, 8179);
        assertThat(file).content().contains("#bind.address = 127.0.0.1", "0.0.0.0");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileWithoutAPortGetsOneInThePlaceOfItsExample() throws IOException {
        Files.writeString(file, "# The port.\n#port = 0\nhosts = jobs.example\n");
        String port = opened();
        assertThat(file).hasContent("# The port.\nport = " + port + "\nhosts = jobs.example\n");
        Files.writeString(file, "hosts = jobs.example");
        port = opened();
        assertThat(file).hasContent("hosts = jobs.example\nport = " + port + "\n");
    }

    @Test
    void aPortThatIsInUseIsLeftAlone() throws IOException {
        int first = Integer.parseInt(opened());
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            Files.delete(file);
            assertThat(Integer.parseInt(opened())).isGreaterThan(taken.getLocalPort());
        }
    }
}
