// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/**
 * Only a handler that a policy names sees a secret, in the fields that its schema marks: nothing that the host stores,
 * logs or shows has it.
 */
public class SecretsIT {

    private static final String SECRET = "correct horse battery staple over lazy dogs";
    private static final String POLICY = "io.jobyard.secrets-vault";
    private static final String UNLOCK = "unlock '{\"token\":\"${secret:phrase}\",\"text\":\"${secret:phrase}\"}'";

    @ClassRule
    public static final HostProcess HOST = new HostProcess();

    private static Path secret;

    private int said;

    @BeforeClass
    public static void start() throws Exception {
        Path directory = Files.createDirectories(HOST.instance().resolve("secrets"));
        secret = Files.writeString(directory.resolve("phrase"), SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        HandlerJar.writeVault(
                Files.createDirectories(HOST.instance().resolve("deploy")).resolve("vault.jar"));
        HOST.configure("io.jobyard.roles-keepers", "members = user:ann", "permissions = submit, view");
        HOST.run();
    }

    @Before
    public void look() throws Exception {
        said = HOST.log().length();
    }

    @After
    public void takeAway() throws Exception {
        look();
        if (Files.deleteIfExists(HOST.instance().resolve("etc/" + POLICY + ".cfg"))) {
            awaitLine(POLICY + ": removed");
        }
    }

    /** Whatever the tests did. */
    @AfterClass
    public static void nothingElseHasTheSecret() throws Exception {
        HOST.stop();
        assertThat(filesWith("battery")).containsExactly(secret);
    }

    @Test
    public void theMarkedFieldOfTheHandlerGetsTheSecretAndNobodyElse() throws Exception {
        policy("secrets = phrase");
        JsonNode unlocked = result(UNLOCK);
        assertThat(unlocked.get("tokenLength").asInt()).isEqualTo(SECRET.length());
        assertThat(unlocked.get("token").asText()).isEqualTo("${secret:phrase}");
        assertThat(unlocked.get("textLength").asInt()).isEqualTo("${secret:phrase}".length());

        JsonNode chunks = result("llm_internal_tool '{\"tool_name\":\"chunk_text\","
                + "\"parameters\":{\"text\":\"${secret:phrase}\",\"max_tokens\":100}}'");
        assertThat(chunks.at("/chunks/0/text").asText()).isEqualTo("${secret:phrase}");
        assertThat(result("echo '{\"text\":\"${secret:phrase}\"}'").get("text").asText())
                .isEqualTo("${secret:phrase}");
        String last = HOST.json("job:list --type echo").at("/jobs/0/id").asText();
        assertThat(HOST.json("job:log " + last).toString())
                .contains("${secret:phrase} at /text is not resolved: the schema of echo does not mark this field with"
                        + " \\\"x-jobyard-secret\\\"");

        String lost = UNLOCK.replace("\"text\":\"${secret:phrase}\"", "\"text\":\"lost\"");
        assertThat(error(lost)).startsWith("IllegalStateException: no lock for ${secret:phrase} (Unlock.java:");
        last = HOST.json("job:list --type unlock --limit 1").at("/jobs/0/id").asText();
        assertThat(HOST.json("job:history " + last).findValuesAsText("stack"))
                .last()
                .asString()
                .startsWith("java.lang.IllegalStateException: no lock for ${secret:phrase}\n    at ")
                .contains("\nCaused by: java.lang.IllegalArgumentException: ${secret:phrase}\n");
    }

    @Test
    public void aHandlerThatAsksForItByNameGetsItAndNothingTellsIt() throws Exception {
        String asks = "unlock '{\"token\":\"none\",\"ask\":\"phrase\"}'";
        assertRefused(asks);
        policy("secrets = phrase", "types = unlock", "bundles = com.acme.vault");
        JsonNode unlocked = result(asks);
        assertThat(unlocked.get("tokenLength").asInt()).isEqualTo(SECRET.length());
        assertThat(unlocked.get("token").asText()).isEqualTo("${secret:phrase}");
        assertThat(error("unlock '{\"token\":\"none\",\"ask\":\"phrase\",\"text\":\"lost\"}'"))
                .startsWith("IllegalStateException: no lock for ${secret:phrase} (Unlock.java:");
        assertThat(error("unlock '{\"token\":\"none\",\"ask\":\"../secrets/phrase\"}'"))
                .startsWith("IllegalArgumentException: invalid secret name");
    }

    @Test
    public void withoutAPolicyThatFitsNoJobGetsIt() throws Exception {
        assertRefused(UNLOCK);
        assertThat(findings()).contains("secrets has 1 file but no policy exists, so no job gets a secret");

        policy("secrets = phrase", "types = echo");
        assertRefused(UNLOCK);
        policy("secrets = phrase", "bundles = com.acme.words");
        assertRefused(UNLOCK);
        policy("secrets = other", "types = unlock");
        assertRefused(UNLOCK);
        policy("secrets = phrase", "types = unlock", "bundles = com.acme.vault", "roles = keepers");
        assertRefused(UNLOCK);
        assertThat(result(UNLOCK + " --as ann").get("tokenLength").asInt()).isEqualTo(SECRET.length());

        HOST.configure(POLICY, "secrets = phrase", "typ = echo");
        awaitLine("unknown key typ");
        assertThat(findings()).contains("unknown key typ").doesNotContain("no bundle reads");
        Files.delete(HOST.instance().resolve("etc/" + POLICY + ".cfg"));
        awaitLine(POLICY + ": removed");
        assertRefused(UNLOCK + " --as ann");
    }

    @Test
    public void aSecretThatOthersMayReadIsNotUsed() throws Exception {
        policy("secrets = phrase");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        try {
            assertThat(error(UNLOCK))
                    .isEqualTo("secret phrase: " + secret + " is readable by other users: chmod 600 " + secret);
        } finally {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private JsonNode result(String job) throws Exception {
        JsonNode done = HOST.json("job:submit " + job + " --await");
        assertThat(done.get("status").asText()).as(done.toString()).isEqualTo("completed");
        return done.get("result");
    }

    private String error(String job) throws Exception {
        String id = HOST.json("job:submit " + job + " --retries 0").get("id").asText();
        return HOST.json("job:await " + id + " 60").get("error").asText();
    }

    private void assertRefused(String job) throws Exception {
        assertThat(error(job))
                .startsWith("secret phrase: no policy lets unlock jobs of ")
                .endsWith(" use it in bundle com.acme.vault; write etc/io.jobyard.secrets-NAME.cfg with secrets ="
                        + " phrase, types = unlock, bundles = com.acme.vault");
    }

    private void policy(String... keys) throws Exception {
        HOST.configure(POLICY, keys);
        awaitLine(POLICY + ": " + keys[0] + ", types = " + value(keys, "types") + ", bundles = "
                + value(keys, "bundles"));
    }

    private static String value(String[] keys, String key) {
        return Stream.of(keys)
                .filter(each -> each.startsWith(key + " = "))
                .map(each -> each.substring(key.length() + 3))
                .findFirst()
                .orElse("*");
    }

    private void awaitLine(String part) {
        await().atMost(TIMEOUT).until(() -> HOST.log().substring(said).contains(part));
    }

    private String findings() throws Exception {
        return HOST.json("job:doctor").toString();
    }

    private static List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(HOST.instance())) {
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
