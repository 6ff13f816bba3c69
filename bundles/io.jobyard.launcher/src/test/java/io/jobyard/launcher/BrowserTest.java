// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {

    @TempDir
    Path bin;

    private void program(String name) throws IOException {
        assertThat(Files.createFile(bin.resolve(name)).toFile().setExecutable(true))
                .isTrue();
    }

    @Test
    void thereIsNoneWithoutAScreenOrAProgramThatOpensOne() throws IOException {
        String path = bin.toString();
        assertThat(Browser.find("Linux", Map.of("PATH", path, "DISPLAY", ":0"))).isEmpty();
        program("xdg-open");
        assertThat(Browser.find("Linux", Map.of("PATH", path))).isEmpty();
        assertThat(Browser.find("Linux", Map.of("PATH", path, "DISPLAY", ""))).isEmpty();
        Browser browser = new Browser(bin.resolve("xdg-open").toString());
        assertThat(Browser.find("Linux", Map.of("PATH", path, "DISPLAY", ":0"))).contains(browser);
        assertThat(Browser.find("Linux", Map.of("PATH", path, "WAYLAND_DISPLAY", "wayland-0")))
                .contains(browser);
        assertThat(Browser.find("Mac OS X", Map.of("PATH", path))).isEmpty();
        program("open");
        assertThat(Browser.find("Mac OS X", Map.of("PATH", path)))
                .contains(new Browser(bin.resolve("open").toString()));
    }

    @Test
    void oneThatCannotBeOpenedIsNoFailure() {
        new Browser(bin.resolve("none").toString()).open("http://127.0.0.1:1");
    }
}
