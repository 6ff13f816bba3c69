// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Only the handler sees a secret: nothing that the host stores, logs or shows has it. */
public class SecretsIT {

    private static final String SECRET = "correct horse battery staple";

    @Rule
    public final HostProcess host = new HostProcess();

    private Path secret;

    @Before
    public void start() throws Exception {
        Path directory = Files.createDirectories(host.instance().resolve("secrets"));
        secret = Files.writeString(directory.resolve("phrase"), SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        HandlerJar.write(
                Files.createDirectories(host.instance().resolve("deploy")).resolve("words.jar"), "1.0.0");
        host.start();
    }

    @Test
    public void theHandlerGetsTheSecretAndNobodyElse() throws Exception {
        assertThat(await("word_count '{\"text\":\"${secret:phrase}\"}'")
                        .at("/result/words")
                        .asInt())
                .isEqualTo(4);
        JsonNode echo = await("echo '{\"text\":\"${secret:phrase}\"}'");
        assertThat(echo.at("/payload/text").asText()).isEqualTo("${secret:phrase}");
        assertThat(echo.at("/result/text").asText()).isEqualTo("${secret:phrase}");
        JsonNode failed = host.json("job:await "
                + host.json("job:submit llm_internal_tool"
                                + " '{\"tool_name\":\"${secret:phrase}\",\"parameters\":{}}'")
                        .get("id")
                        .asText()
                + " 60");
        assertThat(failed.get("status").asText()).isEqualTo("failed");
        assertThat(failed.get("error").asText()).startsWith("Unknown tool: ${secret:phrase}; there are ");

        host.stop();
        assertThat(filesWith(SECRET)).containsExactly(secret);
    }

    @Test
    public void aSecretThatOthersMayReadIsNotUsed() throws Exception {
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        JsonNode failed = host.json("job:await "
                + host.json("job:submit echo '{\"text\":\"${secret:phrase}\"}' --retries 0")
                        .get("id")
                        .asText()
                + " 60");
        assertThat(failed.get("error").asText())
                .isEqualTo("secret phrase: " + secret + " may be read by others: chmod 600 " + secret);
    }

    private JsonNode await(String job) throws Exception {
        return host.json("job:submit " + job + " --await");
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(host.instance())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
