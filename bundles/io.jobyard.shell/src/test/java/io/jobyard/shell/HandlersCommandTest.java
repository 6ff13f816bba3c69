// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlersCommandTest {

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @Test
    void whatBecameOfEachFileStandsUnderTheHandlers() throws Exception {
        assertThat(shell.call("handlers").out().replaceAll("\\s+", " "))
                .endsWith(
                        " deploy/fax.jar (com.acme.fax 1.1.0) is not in use: needs package com.acme.modem, but no bundle"
                                + " exports it; com.acme.fax 1.0.0 serves on"
                                + " deploy/words.jar: com.acme.words 1.2.0 is in use: word_count 1.2.0 ");
        JsonNode files = new ObjectMapper()
                .readTree(shell.call("handlers", "--json").out())
                .get("files");
        assertThat(files).hasSize(2);
        assertThat(files.get(0).get("file").asText()).isEqualTo("fax.jar");
        assertThat(files.get(0).get("state").asText()).isEqualTo("refused");
        assertThat(files.get(0).get("servesOn").asText()).isEqualTo("com.acme.fax 1.0.0");
        assertThat(files.get(1).get("state").asText()).isEqualTo("in use");
        assertThat(files.get(1).get("servesOn").isNull()).isTrue();
    }

    @Test
    void whoAsksForOneTypeReadsWhatItDoes() {
        assertThat(shell.call("handlers", "--type", "echo").out()).contains("\nReturns its payload.\n");
        assertThat(shell.call("handlers", "--type", "words").out()).doesNotContain("\n\n");
    }

    @Test
    void whoAsksForOneTypeGetsNoFiles() {
        assertThat(shell.call("handlers", "--type", "echo").out()).doesNotContain("deploy/");
        assertThat(shell.call("handlers", "--type", "echo", "--json").out()).doesNotContain("files");
    }
}
