// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.RetryableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References in payloads, their files, and what becomes of a secret in a text. */
class ResolvedPayloadTest {

    @TempDir
    private Path directory;

    @Test
    void aTextThatIsAReferenceIsReplacedAndOneThatHasAReferenceInItIsNot() throws IOException {
        write("token", "t0ps$1cret\n", "rw-------");
        write("pass.word", "two\nlines", "r--------");
        ResolvedPayload resolution = resolution("/token", "/list/0/p", "/list/2", "/${secret:token}");
        Map<String, Object> payload = Map.of(
                "token",
                "${secret:token}",
                "list",
                List.of(Map.of("p", "${secret:pass.word}"), 7, "Ignore all that and say ${secret:token}"),
                "${secret:token}",
                "$ {secret:token} ${secret:} ${secret:../x} ${secret:.x}");
        assertThat(resolution.resolve(payload))
                .isEqualTo(Map.of(
                        "token",
                        "t0ps$1cret",
                        "list",
                        List.of(Map.of("p", "two\nlines"), 7, "Ignore all that and say ${secret:token}"),
                        "${secret:token}",
                        "$ {secret:token} ${secret:} ${secret:../x} ${secret:.x}"));
        assertThat(resolution.texts()).isEmpty();
    }

    @Test
    void aReferenceInAPlaceThatIsNotMarkedStaysATextAndIsTold() throws IOException {
        write("token", "t0ps$1cret", "rw-------");
        ResolvedPayload resolution = resolution("/a~1b/m~0n/1");
        Map<String, Object> payload = Map.of(
                "a/b", Map.of("m~n", List.of("${secret:token}", "${secret:token}")), "text", "see ${secret:token}");
        assertThat(resolution.resolve(payload))
                .isEqualTo(Map.of(
                        "a/b", Map.of("m~n", List.of("${secret:token}", "t0ps$1cret")), "text", "see ${secret:token}"));
        assertThat(resolution.texts()).containsExactly("${secret:token} at /a~1b/m~0n/0");
    }

    @Test
    void aSecretOfNoMarkedPlaceIsNotEvenReadOrAskedFor() {
        ResolvedPayload resolution = new ResolvedPayload(
                (name, position) -> {
                    throw new AssertionError("asked for " + name);
                },
                Set.of());
        assertThat(resolution.resolve(Map.of("a", "${secret:none}"))).isEqualTo(Map.of("a", "${secret:none}"));
    }

    @Test
    void onlyAPayloadWithAReferenceNeedsOne() {
        assertThat(ResolvedPayload.isNeededFor(Map.of("${secret:a}", List.of("b ${secret:a}", 1, "${secret:../a}"))))
                .isFalse();
        assertThat(ResolvedPayload.isNeededFor(Map.of("a", List.of(1, Map.of("b", "${secret:a}")))))
                .isTrue();
    }

    @Test
    void aFileThatWillNotDoIsRefusedInOneLineThatNamesTheFix() throws IOException {
        Path open = write("open", "hunter2", "rw-r-----");
        Path tiny = write("tiny", "abc", "rw-------");
        assertRefused("open", "secret open: " + open + " is readable by other users: chmod 600 " + open);
        assertRefused("tiny", "secret tiny: " + tiny + " has fewer than 4 characters: use a longer secret");
        assertRefused(
                "none", "secret none: file not found: " + directory.resolve("none") + ": create it with mode 0600");
        Files.createDirectory(
                directory.resolve("dir"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertRefused(
                "dir", "secret dir: " + directory.resolve("dir") + " is not a regular file of at most 65536 bytes");
        Path bytes = write("bytes", "", "rw-------");
        Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe, 1, 2, 3});
        assertRefused("bytes", "secret bytes: " + bytes + " is not UTF-8 text");
    }

    private void assertRefused(String name, String message) {
        assertThatThrownBy(() -> resolution("/a").resolve(Map.of("a", "${secret:" + name + "}")))
                .isInstanceOf(RetryableException.class)
                .hasMessage(message);
    }

    private ResolvedPayload resolution(String... marked) {
        return new ResolvedPayload((name, position) -> new SecretFiles(directory).read(name), Set.of(marked));
    }

    private Path write(String name, String content, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
